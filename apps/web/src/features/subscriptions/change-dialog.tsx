/** Other terms from the next cycle on: the same fields as the form, and what they make different before it is sent. */
import { Alert, Button, Group, Modal, Radio, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import { parseBusinessDate } from '@choba/shared/dates.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { ENTERED_KINDS } from '@choba/shared/states/subscription.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Section } from '../../ui/facts/section.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { BasisField } from './basis-field.tsx'
import { changeOf, differencesOf } from './change-words.ts'
import { type Fault, termFaults } from './form-faults.ts'
import formStyles from './form.module.css'
import { GoodsFields, MeterFields } from './goods-fields.tsx'
import { failureWords } from './issues.ts'
import { PolicyFields } from './policy-fields.tsx'
import { RhythmFields } from './rhythm-fields.tsx'
import { formOf, needsCard, type TermsForm, termsOf, withKind } from './subscription-form.ts'
import { TextField } from './text-field.tsx'
import { useAct } from './use-act.ts'
import { useTold } from './use-told.ts'

type ChangeDialogProps = { readonly subscription: SubscriptionDetail; readonly onClose: () => void }

export function ChangeDialog({ subscription, onClose }: ChangeDialogProps) {
  const words = useWords()
  const own = words.subscription_act
  const language = useLanguage()
  const { code, today, planned } = subscription
  const [before] = useState(() => formOf(subscription))
  const [form, setForm] = useState<TermsForm>(before)
  const plannedOn = planned[0]?.fallsOn ?? ''
  const [nextOn, setNextOn] = useState<string>(plannedOn)
  const day = parseBusinessDate(nextOn)
  const dayFault: Fault | undefined =
    nextOn === plannedOn
      ? undefined
      : day === undefined
        ? { name: 'day_wrong' }
        : day < today
          ? { name: 'day_past' }
          : undefined
  const faults = { ...termFaults(form), ...(dayFault && { nextOn: dayFault }) }
  const isWhole = Object.keys(faults).length === 0
  const { telling, tellAll } = useTold(faults)
  const { send, sending, error } = useAct(subscription.id, { message: fill(own.changed, { code }), onDone: onClose })

  const isOtherDay = nextOn !== plannedOn && day !== undefined
  const changed = isWhole ? changeOf(termsOf(before), termsOf(form)) : {}
  const differences = [
    ...(isWhole ? differencesOf(language, termsOf(before), termsOf(form)) : []),
    ...(isOtherDay
      ? [
          {
            name: words.subscription_field.nextOn,
            before: formatDay(plannedOn === '' ? null : plannedOn, language),
            after: formatDay(nextOn, language),
          },
        ]
      : []),
  ]
  function change(part: Partial<TermsForm>): void {
    setForm((now) => ({ ...now, ...part }))
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    tellAll()
    if (!isWhole || sending || differences.length === 0) return
    send({ action: 'change', change: { ...changed, ...(isOtherDay && { nextOn: day }) } })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size={820}
      title={fill(own.change_title, { code })}
      closeButtonProps={{ 'aria-label': words.app.close }}
      closeOnClickOutside={false}
    >
      <form onSubmit={submit} noValidate>
        <p className="soft" style={{ margin: 0 }}>
          {planned[0] === undefined ? own.change_text_paused : fill(own.change_text, { number: planned[0].number })}
        </p>
        <Section title={words.subscription_form.section_goods}>
          <GoodsFields form={form} onChange={change} telling={telling} />
        </Section>
        {form.kind === 'metered' ? (
          <Section title={words.subscription_form.section_meter}>
            <MeterFields form={form} onChange={change} telling={telling} />
          </Section>
        ) : null}
        <Section title={words.subscription_form.section_rhythm}>
          <Stack gap="md">
            <RhythmFields form={form} onChange={change} telling={telling} />
            <TextField
              field="nextOn"
              type="date"
              label={words.subscription_act.next_on}
              description={words.subscription_act.next_on_hint}
              min={today}
              maw={320}
              value={nextOn}
              onText={setNextOn}
              telling={telling}
            />
          </Stack>
        </Section>
        <Section title={words.subscription_form.kind}>
          <Stack gap="md">
            <Radio.Group
              aria-label={words.subscription_form.kind}
              value={form.kind}
              onChange={(chosen) => {
                const kind = ENTERED_KINDS.find((each) => each === chosen)
                if (kind !== undefined) setForm((now) => withKind(now, kind))
              }}
            >
              <Group gap="lg">
                {ENTERED_KINDS.map((kind) => (
                  <Radio key={kind} value={kind} label={words.subscription_kind[kind]} />
                ))}
              </Group>
            </Radio.Group>
            {needsCard(form) ? (
              <BasisField
                shopId={subscription.shopId}
                orderNumber={form.cardOrder}
                asksCard
                checked={form.checkedCard}
                fault={telling.fault('cardOrder')}
                onText={(cardOrder) => change({ cardOrder, checkedCard: null })}
                onFound={(_, orderNumber) => change({ checkedCard: orderNumber, cardOrder: orderNumber })}
              />
            ) : null}
          </Stack>
        </Section>
        <Section title={words.subscription_form.section_lead}>
          <PolicyFields form={form} onChange={change} telling={telling} />
        </Section>
        <Section title={own.differences}>
          {differences.length === 0 ? (
            <p className={`soft ${formStyles.changes}`} role="status">
              {own.change_none}
            </p>
          ) : (
            <PlainTable
              caption={own.differences}
              columns={[{ name: own.item }, { name: own.before }, { name: own.after }]}
              rows={differences.map(({ name, before: was, after }) => ({ key: name, cells: [name, was, after] }))}
            />
          )}
        </Section>
        {error === null ? null : (
          <Alert color="vermilion" variant="light" role="alert" title={own.failed} mt="md">
            {failureWords(language, error)}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose} disabled={sending}>
            {own.no}
          </Button>
          <Button type="submit" loading={sending} disabled={isWhole && differences.length === 0}>
            {own.change_do}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

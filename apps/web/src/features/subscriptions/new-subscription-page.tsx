/** The form of a new subscription: NP postpaid from scratch, a card by an earlier payment made with it. */
import { Alert, Button, Checkbox, Radio, Select, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronLeft, IconLock, IconUnlink } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { subscriptions } from '@choba/shared/contracts/subscriptions.ts'
import { businessDate } from '@choba/shared/dates.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { ENTERED_KINDS } from '@choba/shared/states/subscription.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useMay, useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Section } from '../../ui/facts/section.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { BasisField } from './basis-field.tsx'
import { faultsOf } from './form-faults.ts'
import formStyles from './form.module.css'
import { GoodsFields, MeterFields } from './goods-fields.tsx'
import { failureWords } from './issues.ts'
import { PersonFields } from './person-fields.tsx'
import { NOBODY, type PersonText } from './person-form.ts'
import { PolicyFields } from './policy-fields.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { RhythmFields } from './rhythm-fields.tsx'
import {
  emptyForm,
  inputOf,
  linesOf,
  methodOf,
  needsCard,
  type SubscriptionForm,
  withFirstOn,
  withKind,
} from './subscription-form.ts'
import styles from './subscriptions.module.css'
import { TextField } from './text-field.tsx'
import { useTold } from './use-told.ts'

export function NewSubscriptionPage() {
  const words = useWords()
  const { shops } = useSession()
  const mayAct = useMay('subscriptions.act')
  const [first] = shops
  return (
    <div className={styles.sheet}>
      <Link to="/subscriptions" className={styles.back}>
        <IconChevronLeft size={16} aria-hidden="true" />
        {words.subscriptions.back}
      </Link>
      <h1 className={styles.title}>{words.subscription_form.title}</h1>
      {!mayAct ? (
        <Notice icon={IconLock} title={words.subscription_form.no_right_title} text={words.subscriptions.no_right} />
      ) : first === undefined ? (
        <Notice icon={IconUnlink} title={words.order_form.no_shop} text={words.order_form.no_shop_text} />
      ) : (
        <Form firstShop={first.id} />
      )}
    </div>
  )
}

function Form({ firstShop }: { readonly firstShop: string }) {
  const words = useWords()
  const own = words.subscription_form
  const language = useLanguage()
  const { shops, today } = useSession()
  const navigate = useNavigate({ from: '/subscriptions/new' })
  const queryClient = useQueryClient()
  const [form, setForm] = useState<SubscriptionForm>(() => emptyForm(firstShop, businessDate(today)))
  // The same press twice is one subscription.
  const [key] = useState(() => crypto.randomUUID())
  const faults = faultsOf(form, businessDate(today))
  const isWhole = Object.keys(faults).length === 0
  const { telling, tellAll } = useTold(faults)
  const make = useMutation({
    mutationFn: () => call(subscriptions.create, { body: inputOf(form, key) }),
    async onSuccess({ id, code }) {
      notifications.show({ message: fill(own.created, { code }) })
      await navigate({ to: '/subscriptions/$id', params: { id } })
      await queryClient.invalidateQueries({ queryKey: [subscriptions.list.path] })
    },
  })
  function change(part: Partial<SubscriptionForm>): void {
    make.reset()
    setForm((before) => ({ ...before, ...part }))
  }
  /** Onto what stands by now: an address that is looked up and a key that is pressed may meet. */
  function changePerson(side: 'customer' | 'delivery', part: Partial<PersonText>): void {
    make.reset()
    setForm((before) => {
      const person = before[side]
      return person === null ? before : { ...before, [side]: { ...person, ...part } }
    })
  }
  const isCard = methodOf(form.kind) === 'card'
  const failure = make.isError ? asApiError(make.error) : undefined
  return (
    <form
      className={formStyles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        tellAll()
        if (isWhole) {
          if (!make.isPending) make.mutate()
          return
        }
        const [wrong] = Object.keys(faults)
        const field = event.currentTarget.querySelector<HTMLElement>(
          `[name="${wrong === 'cardOrder' ? 'basis' : wrong}"]`,
        )
        field?.focus()
      }}
    >
      <div className={formStyles.entry}>
        <Section title={own.section_kind}>
          <Stack gap="md">
            {shops.length > 1 ? (
              <Select
                label={own.shop}
                allowDeselect={false}
                maw={420}
                value={form.shopId}
                data={shops.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(shopId) => shopId !== null && change({ shopId, checkedCard: null })}
              />
            ) : null}
            <Radio.Group
              label={own.kind}
              value={form.kind}
              onChange={(chosen) => {
                const kind = ENTERED_KINDS.find((each) => each === chosen)
                if (kind !== undefined) setForm((before) => withKind(before, kind))
              }}
            >
              <Stack gap="xs" mt={6}>
                {ENTERED_KINDS.map((kind) => (
                  <Radio
                    key={kind}
                    value={kind}
                    label={words.subscription_kind[kind]}
                    description={words.subscription_kind_hint[kind]}
                  />
                ))}
              </Stack>
            </Radio.Group>
            <BasisField
              key={`${form.shopId}-${needsCard(form)}`}
              shopId={form.shopId}
              orderNumber={form.cardOrder}
              asksCard={needsCard(form)}
              checked={form.checkedCard}
              fault={telling.fault('cardOrder')}
              onText={(cardOrder) => change({ cardOrder, checkedCard: null })}
              onFound={(basis, orderNumber) =>
                change({
                  checkedCard: orderNumber,
                  cardOrder: orderNumber,
                  // What was typed stays; a card's holder and goods are only a beginning.
                  ...(form.customer === NOBODY && { customer: basis.customer }),
                  ...(form.lines.every(({ name, price }) => name === '' && price === '') && {
                    lines: linesOf(basis.goods),
                  }),
                })
              }
            />
          </Stack>
        </Section>
        <Section title={own.section_customer}>
          <PersonFields
            side="customer"
            person={form.customer}
            onChange={(part) => changePerson('customer', part)}
            telling={telling}
          />
          <Checkbox
            mt="md"
            size="xs"
            label={own.delivery}
            checked={form.delivery !== null}
            onChange={(event) => change({ delivery: event.currentTarget.checked ? NOBODY : null })}
          />
        </Section>
        {form.delivery === null ? null : (
          <Section title={own.section_delivery}>
            <PersonFields
              side="delivery"
              person={form.delivery}
              onChange={(part) => changePerson('delivery', part)}
              telling={telling}
            />
          </Section>
        )}
        <Section title={own.section_goods}>
          <GoodsFields form={form} onChange={change} telling={telling} />
        </Section>
        {form.kind === 'metered' ? (
          <Section title={own.section_meter}>
            <MeterFields form={form} onChange={change} telling={telling} />
          </Section>
        ) : null}
        <Section title={own.section_rhythm}>
          <Stack gap="md">
            <RhythmFields form={form} onChange={change} telling={telling} />
            <div className={formStyles.two}>
              <TextField
                field="firstOn"
                type="date"
                label={own.first_on}
                description={own.first_hint}
                min={today}
                value={form.firstOn}
                onText={(firstOn) => change(withFirstOn(form, firstOn))}
                telling={telling}
              />
              <TextField
                field="endsOn"
                type="date"
                label={own.ends_on}
                description={own.ends_hint}
                value={form.endsOn}
                onText={(endsOn) => change({ endsOn })}
                telling={telling}
              />
            </div>
          </Stack>
        </Section>
        <Section title={own.section_lead}>
          <PolicyFields form={form} onChange={change} telling={telling} />
        </Section>
      </div>
      <div className={formStyles.summary}>
        <PreviewPanel input={isWhole ? inputOf(form, key) : null} />
        {failure === undefined ? null : (
          <Alert data-urgent color="vermilion" variant="light" title={own.failed} role="alert" mt="md">
            {failureWords(language, failure)}
          </Alert>
        )}
        <Button type="submit" className={formStyles.end ?? ''} loading={make.isPending}>
          {own.submit}
        </Button>
        {isCard ? <p className={formStyles.hint}>{own.card_hint}</p> : null}
      </div>
    </form>
  )
}

/** Pause, resume, skip or cancel: what it does in words, then one request that cannot be sent twice. */
import { Alert, Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { SubscriptionCycle, SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import { parseBusinessDate } from '@choba/shared/dates.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import type { SubscriptionAction } from '@choba/shared/states/subscription.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import { failureWords } from './issues.ts'
import { type Act, useAct } from './use-act.ts'

type ActDialogProps = {
  readonly action: Exclude<SubscriptionAction, 'change'>
  readonly subscription: SubscriptionDetail
  /** Skip only: a cycle that is made up already; without it the next one. */
  readonly cycle?: SubscriptionCycle | undefined
  readonly onClose: () => void
}
type When = 'now' | 'period_end'

export function ActDialog({ action, subscription, cycle, onClose }: ActDialogProps) {
  const words = useWords()
  const language = useLanguage()
  const own = words.subscription_act
  const { code, today } = subscription
  const [next] = subscription.planned
  // One that rests, or that ends already, has no further period to run to its end.
  const isSimple = subscription.kind === 'simple'
  const hasPeriod = !isSimple && subscription.status === 'active' && next !== undefined
  const [when, setWhen] = useState<When>(hasPeriod ? 'period_end' : 'now')
  const [nextOn, setNextOn] = useState('')
  const number = cycle?.number ?? next?.number ?? 0
  const done =
    action === 'pause'
      ? own.paused
      : action === 'resume'
        ? own.resumed
        : action === 'skip'
          ? own.skipped
          : when === 'now'
            ? own.cancelled
            : own.cancel_planned
  const { send, sending, error } = useAct(subscription.id, { message: fill(done, { code, number }), onDone: onClose })
  const day = nextOn === '' ? undefined : parseBusinessDate(nextOn)
  const isDayWrong = action === 'resume' && nextOn !== '' && (day === undefined || day < today)

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (sending || isDayWrong) return
    send(actOf())
  }
  function actOf(): Act {
    switch (action) {
      case 'pause':
        return { action }
      case 'resume':
        return day === undefined ? { action } : { action, nextOn: day }
      case 'skip':
        return cycle === undefined ? { action } : { action, number: cycle.number }
      case 'cancel':
        return { action, when }
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={fill(own[`${action}_title`], { code, number })}
      closeButtonProps={{ 'aria-label': words.app.close }}
      closeOnClickOutside={!sending}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Explanation action={action} subscription={subscription} cycle={cycle} />
          {action === 'resume' && subscription.status === 'paused' ? (
            <TextInput
              type="date"
              label={own.resume_on}
              min={today}
              value={nextOn}
              onChange={(event) => setNextOn(event.currentTarget.value)}
              error={isDayWrong ? words.subscription_form.day_past : null}
            />
          ) : null}
          {action === 'cancel' ? (
            <Radio.Group
              label={own.cancel_when}
              value={when}
              onChange={(value) => setWhen(value === 'now' ? 'now' : 'period_end')}
            >
              <Stack gap="xs" mt={6}>
                {hasPeriod ? (
                  <Radio
                    value="period_end"
                    label={own.cancel_period_end}
                    description={fill(own.cancel_period_end_text, { day: formatDay(next.fallsOn, language) })}
                  />
                ) : null}
                <Radio
                  value="now"
                  label={own.cancel_now}
                  description={isSimple ? own.cancel_simple_text : own.cancel_now_text}
                />
              </Stack>
            </Radio.Group>
          ) : null}
          {error === null ? null : (
            <Alert color="vermilion" variant="light" role="alert" title={own.failed}>
              {failureWords(language, error)}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={sending}>
              {own.no}
            </Button>
            <Button type="submit" loading={sending} color={action === 'cancel' ? 'vermilion' : 'indigo'}>
              {own[`${action}_do`]}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Explanation({ action, subscription, cycle }: Omit<ActDialogProps, 'onClose'>) {
  const { subscription_act: own } = useWords()
  const language = useLanguage()
  const [next, after] = subscription.planned
  const plain = (text: string) => <p style={{ margin: 0 }}>{text}</p>
  switch (action) {
    case 'pause':
      return plain(own.pause_text)
    case 'resume':
      return plain(subscription.status === 'ending' ? own.resume_ending_text : own.resume_text)
    case 'cancel':
      return null
    case 'skip': {
      if (cycle !== undefined)
        return plain(fill(own.skip_text_one, { number: cycle.number, day: formatDay(cycle.fallsOn, language) }))
      const values = { number: next?.number ?? 0, day: formatDay(next?.fallsOn, language) }
      if (after === undefined) return plain(fill(own.skip_text_last, values))
      return plain(fill(own.skip_text, { ...values, next: formatDay(after.fallsOn, language) }))
    }
  }
}

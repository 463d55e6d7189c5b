/** How a rule tells: in the inbox, by mail, at once or once a day. */
import { Checkbox, Input, NativeSelect, Stack } from '@mantine/core'
import { useId } from 'react'
import type { NotificationRuleChange } from '@choba/shared/contracts/notifications.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'

type NotificationWaysProps = {
  readonly wish: NotificationRuleChange
  readonly hasMail: boolean
  readonly error: string | null
  readonly onChange: (part: Partial<NotificationRuleChange>) => void
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

export function NotificationWays({ wish, hasMail, error, onChange }: NotificationWaysProps) {
  const words = useWords().notifications
  const id = useId()
  return (
    <div role="group" aria-labelledby={id}>
      <Input.Label id={id} labelElement="div">
        {words.how}
      </Input.Label>
      <Stack gap="sm" mt="xs">
        <Checkbox
          size="xs"
          label={words.inbox}
          checked={wish.inInbox}
          onChange={(event) => onChange({ inInbox: event.currentTarget.checked })}
        />
        <Checkbox
          size="xs"
          label={words.by_mail}
          description={hasMail ? undefined : words.no_mail}
          checked={wish.byMail}
          onChange={(event) => onChange({ byMail: event.currentTarget.checked })}
        />
        {wish.byMail ? (
          <NativeSelect
            label={words.pace}
            value={wish.digestHour === null ? 'now' : String(wish.digestHour)}
            data={[
              { value: 'now', label: words.at_once },
              ...HOURS.map((hour) => ({ value: String(hour), label: fill(words.daily_at, { hour }) })),
            ]}
            onChange={({ currentTarget: { value } }) =>
              onChange({ digestHour: value === 'now' ? null : Number(value) })
            }
          />
        ) : null}
        {error === null ? null : <Input.Error>{error}</Input.Error>}
      </Stack>
    </div>
  )
}

/** A closed day to be added: which, whose and why; then what it would move. */
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { CALENDAR_SCOPES, type CalendarScope } from '@choba/shared/calendar.ts'
import type { CalendarChanges } from '@choba/shared/contracts/calendar.ts'
import { parseBusinessDate } from '@choba/shared/dates.ts'
import { useWords } from '../../i18n/language.ts'
import { ChangesDialog } from './changes-dialog.tsx'

type AddDialogProps = { readonly today: string; readonly onClose: () => void }

export function AddDialog({ today, onClose }: AddDialogProps) {
  const words = useWords()
  const [written, setWritten] = useState('')
  const [scope, setScope] = useState<CalendarScope>('shop')
  const [name, setName] = useState('')
  const [isTried, setTried] = useState(false)
  const [change, setChange] = useState<CalendarChanges['changes'][number] | null>(null)
  const day = parseBusinessDate(written)
  const isDay = day !== undefined && day > today
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (isDay && name.trim() !== '') setChange({ scope, day, closed: true, name: name.trim() })
  }
  if (change !== null) return <ChangesDialog changes={[change]} source="own" onClose={onClose} />
  return (
    <Modal opened onClose={onClose} title={words.calendar.add} closeButtonProps={{ 'aria-label': words.app.close }}>
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            type="date"
            label={words.calendar.day}
            data-autofocus
            value={written}
            error={isTried && !isDay ? words.calendar.day_wrong : null}
            onChange={(event) => setWritten(event.currentTarget.value)}
          />
          <Select
            label={words.calendar.whose}
            description={words.calendar_scope_hint[scope]}
            allowDeselect={false}
            data={CALENDAR_SCOPES.map((value) => ({ value, label: words.calendar_scope[value] }))}
            value={scope}
            onChange={(value) => {
              const chosen = CALENDAR_SCOPES.find((each) => each === value)
              if (chosen !== undefined) setScope(chosen)
            }}
          />
          <TextInput
            label={words.calendar.name}
            maxLength={60}
            value={name}
            error={isTried && name.trim() === '' ? words.calendar.name_wrong : null}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {words.app.cancel}
            </Button>
            <Button type="submit">{words.calendar.preview}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

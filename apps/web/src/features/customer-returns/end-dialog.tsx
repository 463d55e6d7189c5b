/** Records that the transfer was made, with its day and the bank's reference, or gives it up. */
import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type CustomerReturnRow, customerReturns } from '@choba/shared/contracts/customer-returns.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { call } from '../../api/call.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { useReturn } from './use-return.ts'

type EndDialogProps = {
  readonly row: CustomerReturnRow
  readonly end: 'complete' | 'drop'
  readonly onClose: () => void
}

export function EndDialog({ row, end, onClose }: EndDialogProps) {
  const { customer_returns: words, app } = useWords()
  const { today } = useSession()
  const [paidOn, setPaidOn] = useState(today)
  const [text, setText] = useState('')
  const [touched, setTouched] = useState(false)
  const order = row.orderNumber
  const isMade = end === 'complete'
  const lacking = isMade && text.trim() === ''
  const { send, sending, failure } = useReturn({
    send: () =>
      isMade
        ? call(customerReturns.complete, { id: row.id, body: { paidOn, reference: text } })
        : call(customerReturns.drop, { id: row.id, body: { reason: text } }),
    said: fill(isMade ? words.completed_done : words.dropped_done, { order }),
    onDone: onClose,
  })

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTouched(true)
    if (!lacking && paidOn !== '') send(undefined)
  }

  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': app.close }}
      title={fill(isMade ? words.complete_title : words.drop_title, { order })}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <p style={{ margin: 0 }}>
            {isMade ? fill(words.complete_lead, { amount: formatYen(row.amountYen) }) : words.drop_lead}
          </p>
          {isMade && row.reason === 'paid_twice' ? <p style={{ margin: 0 }}>{words.complete_twice}</p> : null}
          {isMade ? (
            <TextInput
              type="date"
              label={words.paid_on}
              max={today}
              value={paidOn}
              error={touched && paidOn === '' ? words.missing : undefined}
              onChange={(event) => setPaidOn(event.currentTarget.value)}
            />
          ) : null}
          <TextInput
            label={isMade ? words.reference : words.why}
            value={text}
            error={touched && lacking ? words.missing : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
            data-autofocus
          />
          {failure === null ? null : (
            <Alert color="vermilion" variant="light" role="alert">
              {failure}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {app.cancel}
            </Button>
            <Button type="submit" color={isMade ? 'indigo' : 'vermilion'} loading={sending}>
              {isMade ? words.complete : words.drop}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

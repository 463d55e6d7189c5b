/** A statement that was brought as a file: whoever sees the money on the account says on which day it came. */
import { Alert, Button, Group, Modal, TextInput, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type PayoutRow, payouts } from '@choba/shared/contracts/payouts.ts'
import { parseBusinessDate } from '@choba/shared/dates.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'

type MarkPaidProps = {
  readonly payout: PayoutRow
  /** Lines of orders that nobody knows yet. */
  readonly unknown: number
}

export function MarkPaid({ payout, unknown }: MarkPaidProps) {
  const { app, payout: words } = useWords()
  const language = useLanguage()
  const may = useMay('payouts.import')
  const queryClient = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const [day, setDay] = useState(payout.payOn)
  const paidOn = parseBusinessDate(day)
  const number = payout.statementNumber ?? ''
  const request = useMutation({
    async mutationFn() {
      if (paidOn === undefined) throw new Error('the form is sent only when it is whole')
      return call(payouts.markPaid, { id: payout.id, body: { paidOn } })
    },
    async onSuccess() {
      setAsking(false)
      notifications.show({ message: fill(words.marked_paid, { number }) })
      // The transfer stands behind the ledger, the payouts and the coverage.
      await queryClient.invalidateQueries()
    },
  })
  const code = request.isError ? asApiError(request.error).code : null
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (paidOn !== undefined) request.mutate()
  }
  return (
    <>
      <Tooltip label={words.mark_paid_role} disabled={may} events={{ hover: true, focus: true, touch: true }}>
        <Button
          className="no-print"
          mt="sm"
          aria-disabled={!may}
          {...(may ? {} : { 'data-disabled': true })}
          onClick={() => may && setAsking(true)}
        >
          {words.mark_paid}
        </Button>
      </Tooltip>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        closeButtonProps={{ 'aria-label': app.close }}
        title={fill(words.mark_paid_title, { number })}
      >
        <form onSubmit={submit}>
          {unknown > 0 ? <p>{fill(words.unknown_note, { count: formatCount(unknown) })}</p> : null}
          <p>{fill(words.mark_paid_text, { amount: formatYen(payout.transferYen) })}</p>
          <TextInput
            type="date"
            label={words.mark_paid_day}
            min={payout.closingOn}
            value={day}
            required
            data-autofocus
            onChange={(event) => {
              setDay(event.currentTarget.value)
              request.reset()
            }}
            error={code === 'request.invalid' ? words.mark_paid_wrong_day : null}
          />
          {code === null || code === 'request.invalid' ? null : (
            <Alert color="vermilion" variant="light" role="alert" mt="md" title={label(language, 'error', code)}>
              {label(language, 'error_advice', code)}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs" mt="lg">
            <Button variant="default" onClick={() => setAsking(false)}>
              {app.cancel}
            </Button>
            <Button type="submit" loading={request.isPending} disabled={paidOn === undefined}>
              {words.mark_paid}
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  )
}

/** To which day the shipping of one order, or of many, is moved. NP is told nothing: the plan is the shop's own. */
import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type FormEvent, useState } from 'react'
import { fill, label } from '@choba/shared/labels/labels.ts'
import type { Labels } from '@choba/shared/labels/types.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../facts/plain-table.tsx'
import { formatCount } from '../money/format-yen.ts'
import { formatDay } from '../time/format-time.ts'

export type OrderToPlan = { readonly id: string; readonly orderNumber: string; readonly shipOn: string | null }

type PlanDialogProps = {
  readonly orders: readonly OrderToPlan[]
  readonly sending: boolean
  /** Code of why nothing was sent. */
  readonly failure: string | null
  /** Orders that were not taken; the others are. */
  readonly refused: ReadonlyArray<{ readonly id: string; readonly code: string; readonly reason: string | null }>
  readonly onSend: (plan: {
    readonly paymentIds: readonly string[]
    readonly shipOn: string | null
    readonly reason: string
  }) => void
  readonly onClose: () => void
}

export function sayMoved(orders: readonly OrderToPlan[], words: Labels): void {
  const [first] = orders
  const message =
    orders.length === 1
      ? fill(words.action_done.plan_shipping, { order: first?.orderNumber ?? '' })
      : fill(words.plan_shipping.moved, { count: formatCount(orders.length) })
  notifications.show({ message })
}

/** Of more, a count says enough. */
const MOST_LISTED = 8

export function PlanDialog({ orders, sending, failure, refused, onSend, onClose }: PlanDialogProps) {
  const { app, dialog, plan_shipping: words, shipments, ...rest } = useWords()
  const language = useLanguage()
  const [first] = orders
  const [day, setDay] = useState(orders.length === 1 ? (first?.shipOn ?? '') : '')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isLong = orders.length > MOST_LISTED

  function send(shipOn: string | null): void {
    if (!sending) onSend({ paymentIds: orders.map((order) => order.id), shipOn, reason: reason.trim() })
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (day !== '') send(day)
  }
  function sayRefusal(id: string): string {
    const refusal = refused.find((each) => each.id === id)
    if (refusal === undefined) return ''
    if (refusal.reason === 'shipOn') return words.past
    return refusal.reason === null ? label(language, 'error', refusal.code) : label(language, 'refusal', refusal.reason)
  }
  const listed = refused.length > 0 ? orders.filter((order) => sayRefusal(order.id) !== '') : isLong ? [] : orders

  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': app.close }}
      title={
        orders.length === 1
          ? `${rest.action.plan_shipping} ${first?.orderNumber ?? ''}`
          : fill(words.title_many, { count: formatCount(orders.length) })
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {listed.length === 0 ? null : (
            <PlainTable
              caption={words.orders}
              columns={[
                { name: shipments.order },
                { name: words.now },
                ...(refused.length === 0 ? [] : [{ name: words.not_moved }]),
              ]}
              rows={listed.slice(0, MOST_LISTED).map((order) => ({
                key: order.id,
                cells: [
                  <span key="order" className="mono">
                    {order.orderNumber}
                  </span>,
                  order.shipOn === null ? words.none : formatDay(order.shipOn, language),
                  ...(refused.length === 0 ? [] : [sayRefusal(order.id)]),
                ],
              }))}
            />
          )}
          {refused.length > 0 ? (
            <Alert color="vermilion" variant="light" role="alert">
              {fill(words.some_refused, {
                ok: formatCount(orders.length - refused.length),
                failed: formatCount(refused.length),
              })}
            </Alert>
          ) : null}
          <TextInput
            type="date"
            label={words.day}
            data-autofocus
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
            error={tried && day === '' ? words.day_missing : null}
          />
          <TextInput
            label={dialog.reason}
            description={dialog.reason_hint}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <p className="soft" style={{ margin: 0, fontSize: '0.844rem' }}>
            {words.hint}
          </p>
          {failure === null ? null : (
            <Alert color="vermilion" variant="light" role="alert" title={label(language, 'error', failure)}>
              {label(language, 'error_advice', failure)}
            </Alert>
          )}
          <Group justify="space-between" gap="xs">
            <Button variant="subtle" px={0} disabled={sending} onClick={() => send(null)}>
              {words.clear}
            </Button>
            <Group gap="xs">
              <Button variant="default" onClick={onClose} disabled={sending}>
                {refused.length > 0 ? app.close : app.cancel}
              </Button>
              <Button type="submit" loading={sending}>
                {rest.action_do.plan_shipping}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Before → after, what is needed to do it, and one request that cannot be sent twice. */
import { Alert, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import { parseBusinessDate } from '@choba/shared/dates.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { STORE_CODES, type StoreCode, STORES } from '@choba/shared/methods.ts'
import type { PaymentAction } from '@choba/shared/states/payment.ts'
import { useReasons } from '../../../api/use-reasons.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { formatYen, readYen } from '../../../ui/money/format-yen.ts'
import { ACTIONS_WITH_AMOUNT, checkAmount, LARGEST_YEN, plainSlip } from './check-input.ts'
import { ReasonField } from './reason-field.tsx'
import { LimitWarning } from './limit-warning.tsx'
import { Outcome } from './outcome-table.tsx'
import { SafetyHint, useSafety } from './safety-hint.tsx'
import { type Report, ReportFields, useReportCheck } from './report-fields.tsx'
import { useOperation } from './use-operation.ts'

type ActionDialogProps = {
  readonly action: PaymentAction
  readonly upToYen: number | null
  readonly payment: PaymentRow
  readonly onClose: () => void
}

/** Actions that begin from the amount that is billed now. */
const KEEPS_AMOUNT: readonly PaymentAction[] = ['change_amount', 'reissue', 'reauthorize']

/** The carrier most shops ship with; the choice is remembered while the page is open. */
let lastCarrier: string | null = null

export function ActionDialog({ action, upToYen, payment, onClose }: ActionDialogProps) {
  const words = useWords()
  const language = useLanguage()
  const isNp = payment.method === 'np_postpaid'
  const asksAmount = ACTIONS_WITH_AMOUNT.includes(action) && !(isNp && action === 'refund')
  const most = upToYen ?? LARGEST_YEN
  const [amount, setAmount] = useState(
    formatYen(KEEPS_AMOUNT.includes(action) ? payment.amountYen : (upToYen ?? payment.amountYen)),
  )
  const [report, setReport] = useState<Report>({ carrier: lastCarrier, slip: '', shippedOn: '', confirmed: false })
  const [store, setStore] = useState<StoreCode | null>(null)
  const [days, setDays] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const safety = useSafety({ action, payment, amountYen: asksAmount ? readYen(amount) : undefined })
  const { holdSeconds } = safety.rules
  const operation = useOperation({ payment, action, holdSeconds, onAccepted: onClose })

  const asksSlip = action === 'reissue' || (action === 'change_amount' && payment.method === 'convenience_store')
  const daysComplaint = asksSlip && days !== '' && !isDays(days)
  const limits = action === 'change_amount' ? { most, not: payment.amountYen } : { most }
  const amountComplaint = asksAmount ? checkAmount(amount, limits) : null
  const isReport = action === 'report_shipment'
  const reportCheck = useReportCheck(payment.shopId, report, isReport)
  const isReasonMissing = useReasons(action).isRequired && reason.trim() === ''
  const wrong =
    safety.verdict === 'refuse' ||
    isReasonMissing ||
    amountComplaint !== null ||
    (isReport && !reportCheck.fit) ||
    daysComplaint

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (wrong || operation.sending) return
    lastCarrier = report.carrier
    const shippedOn = parseBusinessDate(report.shippedOn)
    operation.send({
      ...(asksAmount ? { amountYen: readYen(amount) } : {}),
      ...(isReport && report.carrier !== null
        ? { carrierCode: report.carrier, slipNumber: plainSlip(report.slip), ...(shippedOn && { shippedOn }) }
        : {}),
      ...(asksSlip && store !== null ? { store } : {}),
      ...(asksSlip && days !== '' ? { payWithinDays: Number(days.normalize('NFKC')) } : {}),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    })
  }

  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': words.app.close }}
      title={`${words.action[action]} ${payment.orderNumber}`}
      size="md"
      closeOnClickOutside={!operation.sending}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Outcome
            action={action}
            payment={payment}
            amountYen={amountComplaint === null || amountComplaint === 'amount_same' ? readYen(amount) : undefined}
          />
          {asksAmount ? (
            <TextInput
              label={words.dialog.amount}
              description={upToYen === null ? undefined : fill(words.dialog.up_to, { amount: formatYen(upToYen) })}
              inputMode="numeric"
              data-autofocus
              styles={{ input: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } }}
              value={amount}
              onChange={(event) => setAmount(event.currentTarget.value)}
              onFocus={(event) => event.currentTarget.select()}
              error={
                amountComplaint === null || (amountComplaint === 'amount_same' && !tried)
                  ? null
                  : fill(words.dialog[amountComplaint], { amount: formatYen(most) })
              }
            />
          ) : null}
          {isNp && asksAmount ? <LimitWarning payment={payment} amountYen={readYen(amount)} /> : null}
          {isReport ? (
            <ReportFields
              report={report}
              check={reportCheck}
              tried={tried}
              onChange={(change) => setReport((before) => ({ ...before, ...change }))}
            />
          ) : null}
          {asksSlip ? (
            <>
              <Select
                label={words.dialog.slip_store}
                placeholder={words.dialog.slip_store_same}
                clearable
                data={STORE_CODES.map((value) => ({ value, label: words.store[STORES[value]] }))}
                value={store}
                onChange={(value) => setStore(value as StoreCode | null)}
              />
              <TextInput
                label={words.dialog.slip_days}
                description={words.dialog.slip_days_hint}
                inputMode="numeric"
                value={days}
                onChange={(event) => setDays(event.currentTarget.value)}
                error={daysComplaint ? words.dialog.slip_days_invalid : null}
              />
            </>
          ) : null}
          <ReasonField
            action={action}
            value={reason}
            complaint={tried && isReasonMissing ? words.action_reasons.missing : null}
            onChange={setReason}
          />
          <p className="soft" style={{ margin: 0, fontSize: '0.844rem' }}>
            {sayConsequence()} {words.dialog.wait_hint}
          </p>
          <SafetyHint verdict={safety.verdict} ceilingYen={safety.rules.ceilingYen} seconds={holdSeconds} />
          {operation.failure === null ? null : (
            <Alert color="vermilion" variant="light" role="alert" title={words.dialog.refused}>
              {operation.failure}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={operation.sending}>
              {words.app.cancel}
            </Button>
            <Button
              type="submit"
              loading={operation.sending}
              disabled={safety.verdict === 'refuse'}
              color={action === 'cancel' || action === 'refund' ? 'vermilion' : 'indigo'}
            >
              {words.action_do[action]}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )

  function sayConsequence(): string {
    switch (action) {
      case 'capture':
        return (readYen(amount) ?? most) < most
          ? `${words.dialog.capture_once} ${words.dialog.released}`
          : words.dialog.capture_once
      case 'cancel':
        return label(language, 'dialog', `cancel_${payment.method === 'np_postpaid' ? 'np' : payment.method}`)
      case 'refund':
        return isNp ? words.dialog.refund_np : words.dialog.refund_final
      case 'reissue':
        return words.dialog.reissue_slip
      case 'reauthorize':
        return words.dialog.reauthorize_card
      case 'change_amount':
        if (asksSlip) return words.dialog.reissue_slip
        return payment.capturedYen > 0 ? words.dialog.reduce_np : words.dialog.change_rescreen
      case 'correct':
      case 'reregister':
        return payment.status === 'withdrawn' ? words.dialog.reregister_withdrawn : words.dialog.reregister_new
      case 'plan_shipping':
        return words.plan_shipping.hint
      case 'report_shipment':
        return words.dialog.shipment_closes
    }
  }
}

/** SBPS takes a due date one to 59 days after the request (sbps-protocol 3). */
function isDays(text: string): boolean {
  const days = Number(text.normalize('NFKC'))
  return Number.isInteger(days) && days >= 1 && days <= 59
}

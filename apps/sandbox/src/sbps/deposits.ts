/** Deposits at the till as they come in: preliminary and definite reports, either taken back, and bills that lapse. */
import { addDays, atTime, dayOf, jstCompact } from '@choba/shared/dates.ts'
import { DEPOSIT_NOTICE, type DepositReport, EXPIRY_NOTICE } from '@choba/wire/sbps/notice.ts'
import type { SbpsAccount } from '../accounts.ts'
import { integerBetween } from '../random.ts'
import { encodeLinkDeposit } from '@choba/wire/sbps/link-result.ts'
import { purchasesOf } from './link/records.ts'
import { type LinkResult, noticeBody, resultValues } from './link/results.ts'
import type { Notices } from './notices.ts'
import type { Sbps, StorePayment, StoreStatus } from './records.ts'
import { recordSale } from './sales.ts'
import type { Deposit } from './store-customers.ts'

/** A preliminary report is taken back after two hours; the definite one comes the next morning; all assumed. */
const TAKEN_BACK_MS = 2 * 3_600_000
const DEFINITE_HOUR = 7

export function handleDeposits(sbps: Sbps, notices: Notices): void {
  sbps.schedule.on<Deposit>('sbps.pay', (deposit, now) => {
    const bill = sbps.bills.get(deposit.trackingId)
    if (!bill || bill.status === '9') return
    const paid = withMoney(bill, deposit.amountYen, 0)
    sbps.bills.put(bill.trackingId, paid)
    tell(sbps, notices, paid, '1', deposit.amountYen, paid.preliminaryYen, now)
    if (deposit.outcome === 'cancel') {
      sbps.schedule.at(new Date(now.getTime() + TAKEN_BACK_MS), 'sbps.preliminary-cancel', deposit)
    } else {
      const minute = integerBetween(0, 59, 'definite minute', bill.trackingId)
      sbps.schedule.at(atTime(addDays(dayOf(now), 1), DEFINITE_HOUR, minute), 'sbps.definite', deposit)
    }
  })

  sbps.schedule.on<Deposit>('sbps.preliminary-cancel', (deposit, now) => {
    const bill = sbps.bills.get(deposit.trackingId)
    if (!bill) return
    const taken = withMoney(bill, -deposit.amountYen, 0)
    sbps.bills.put(bill.trackingId, taken)
    tell(sbps, notices, taken, '2', deposit.amountYen, taken.preliminaryYen, now)
  })

  sbps.schedule.on<Deposit>('sbps.definite', (deposit, now) => {
    const bill = sbps.bills.get(deposit.trackingId)
    const account = bill && accountOf(sbps, bill)
    if (!bill || !account) return
    const settled = withMoney(bill, 0, deposit.amountYen)
    sbps.bills.put(bill.trackingId, settled)
    recordSale(sbps, account, bill, 'sale', deposit.amountYen, now)
    tell(sbps, notices, settled, '3', deposit.amountYen, settled.definiteYen, now)
    if (deposit.outcome === 'definite then cancel') {
      sbps.schedule.at(atTime(addDays(dayOf(now), 1), DEFINITE_HOUR + 2), 'sbps.definite-cancel', deposit)
    }
  })

  sbps.schedule.on<Deposit>('sbps.definite-cancel', (deposit, now) => {
    const bill = sbps.bills.get(deposit.trackingId)
    const account = bill && accountOf(sbps, bill)
    if (!bill || !account) return
    const taken = withMoney(bill, -deposit.amountYen, -deposit.amountYen)
    sbps.bills.put(bill.trackingId, taken)
    recordSale(sbps, account, bill, 'refund', deposit.amountYen, now)
    tell(sbps, notices, taken, '4', deposit.amountYen, taken.definiteYen, now)
  })

  sbps.schedule.on<{ readonly trackingId: string }>('sbps.expire', ({ trackingId }, now) => {
    const bill = sbps.bills.get(trackingId)
    if (!bill || bill.status !== '1') return
    sbps.bills.put(trackingId, { ...bill, status: '9' })
    const account = accountOf(sbps, bill)
    if (!account) return
    if (tellPurchase(sbps, notices, account, bill, { result: 'CN', now })) return
    notices.send(account, {
      functionId: EXPIRY_NOTICE,
      ...headOf(bill, now),
      receivedAt: jstCompact(now).slice(0, 8),
    })
  })
}

function tell(
  sbps: Sbps,
  notices: Notices,
  bill: StorePayment,
  report: DepositReport,
  amountYen: number,
  totalYen: number,
  now: Date,
): void {
  const account = accountOf(sbps, bill)
  if (!account) return
  const type = LINK_DEPOSIT_TYPE[report]
  const deposit = { type, amount: String(amountYen), totalAmount: String(totalYen), mail: bill.mail, note: '' }
  if (tellPurchase(sbps, notices, account, bill, { result: 'PY', payinfoKey: encodeLinkDeposit(deposit), now })) return
  notices.send(account, {
    functionId: DEPOSIT_NOTICE,
    ...headOf(bill, now),
    receivedAt: jstCompact(now),
    report,
    amount: String(amountYen),
    totalAmount: String(totalYen),
    mail: bill.mail,
    extra: '',
  })
}

const LINK_DEPOSIT_TYPE = { '1': 'P', '2': 'C', '3': 'D', '4': 'G' } as const satisfies Record<DepositReport, string>

/** A bill that was ordered on the hosted page is told by results of its purchase. Answers false for any other. */
function tellPurchase(
  sbps: Sbps,
  notices: Notices,
  account: SbpsAccount,
  bill: StorePayment,
  said: Pick<LinkResult, 'result' | 'payinfoKey' | 'now'>,
): boolean {
  const { trackingId } = bill
  const purchase = purchasesOf(sbps.store).get(trackingId)
  if (!purchase) return false
  const values = resultValues(purchase.values, { ...said, payMethod: purchase.payMethod, trackingId })
  const { pagecon_url: url = '', order_id: orderId = '' } = purchase.values
  notices.sendForm(account, trackingId, noticeBody(account, values, purchase.rows), {
    url,
    orderId,
    result: said.result,
  })
  return true
}

function headOf(bill: StorePayment, now: Date) {
  return {
    merchantId: bill.merchantId,
    serviceId: bill.serviceId,
    transactionId: bill.transactionId,
    trackingId: bill.trackingId,
    requestDate: jstCompact(now),
  }
}

function withMoney(bill: StorePayment, preliminaryYen: number, definiteYen: number): StorePayment {
  const total = bill.preliminaryYen + preliminaryYen
  return {
    ...bill,
    preliminaryYen: total,
    definiteYen: bill.definiteYen + definiteYen,
    status: statusOf(total, bill.amountYen),
  }
}

function statusOf(paidYen: number, amountYen: number): StoreStatus {
  if (paidYen <= 0) return '1'
  if (paidYen < amountYen) return '2'
  return paidYen === amountYen ? '3' : '4'
}

function accountOf(sbps: Sbps, bill: StorePayment): SbpsAccount | undefined {
  return sbps.accounts.findSbps(bill.merchantId, bill.serviceId)
}

/**
 * Simple recurring charges of a card: a fixed amount, at once or free for the first month, then at the start of every
 * month by the provider itself, until its last month or until it is stopped. When in the month, which number a month's
 * charge has, and that a refused month does not end the contract are not public: assumed.
 */
import { addMonths, atTime, type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import type { ApiRequest } from '@choba/wire/sbps/api-request.ts'
import { findLayout } from '@choba/wire/sbps/fields.ts'
import type { Values } from '@choba/wire/sbps/message.ts'
import type { SbpsAccount } from '../accounts.ts'
import { integerBetween } from '../random.ts'
import { type Call, isRefused, type Outcome, refuse, valueOf } from './answer.ts'
import { authorizeAgain, commit } from './card.ts'
import { type LinkResult, noticeBody, resultValues } from './link/results.ts'
import type { Notices } from './notices.ts'
import { accountId, type Sbps } from './records.ts'

const CHARGE_HOUR = 4

export type SimpleContract = {
  /** Of the application: names the contract, and the card that is charged again. */
  readonly trackingId: string
  readonly account: string
  readonly values: Values
  readonly rows: readonly Values[]
  readonly state: 'active' | 'stopped' | 'ended'
  /** Times the provider itself has charged or tried to. */
  readonly charges: number
}

type Due = { readonly trackingId: string }

export function isSimple(values: Values): boolean {
  return values['pay_type'] === '1'
}

/** The month of the application is free. */
export function isFirstFree(values: Values): boolean {
  return values['camp_type'] === '1'
}

/** Automatic sales alone (sbps-protocol 4). */
export function asAutomatic(call: Call): Call {
  return { ...call, account: { ...call.account, cardSales: 'automatic' } }
}

export function openContract(
  sbps: Sbps,
  account: SbpsAccount,
  { trackingId, values, rows }: Pick<SimpleContract, 'trackingId' | 'values' | 'rows'>,
): void {
  contractsOf(sbps).put(trackingId, {
    trackingId,
    account: accountId(account),
    values,
    rows,
    state: 'active',
    charges: 0,
  })
  planCharge(sbps, trackingId, dayOf(sbps.clock.now()))
}

export function handleSimpleCharges(sbps: Sbps, notices: Notices): void {
  sbps.schedule.on<Due>('sbps.simple-charge', ({ trackingId }, now) => {
    const contract = contractsOf(sbps).get(trackingId)
    const account = contract && sbps.accounts.findSbps(contract.account.slice(0, 5), contract.account.slice(6))
    if (!contract || !account || contract.state !== 'active') return
    const [month, last] = [dayOf(now).slice(0, 7).replace('-', ''), contract.values['last_charge_month'] ?? '']
    const isOver = last !== '' && month >= last
    if (last === '' || month <= last) tell(notices, account, contract, charge(sbps, account, contract, now))
    contractsOf(sbps).put(trackingId, {
      ...contract,
      charges: contract.charges + 1,
      state: isOver ? 'ended' : 'active',
    })
    if (isOver) tell(notices, account, contract, { result: 'CL', payMethod: 'credit', trackingId, now })
    else planCharge(sbps, trackingId, dayOf(now))
  })
  sbps.schedule.on<Due>('sbps.simple-stopped', ({ trackingId }, now) => {
    const contract = contractsOf(sbps).get(trackingId)
    const account = contract && sbps.accounts.findSbps(contract.account.slice(0, 5), contract.account.slice(6))
    if (contract && account) tell(notices, account, contract, { result: 'CR', payMethod: 'credit', trackingId, now })
  })
}

/** ST02-00302-101: no month is charged any more; what was charged stays. */
export function stopRecurring(sbps: Sbps, call: Call): Outcome {
  const trackingId = valueOf(call, 'tracking_id')
  if (trackingId === '') return refuse(call, '03', '027')
  const contract = findContract(sbps, call.account, trackingId)
  if (!contract) return refuse(call, '12', '027')
  if (contract.state !== 'active') return refuse(call, '57')
  stopContract(sbps, contract, call.now)
  return {}
}

export function findContract(sbps: Sbps, account: SbpsAccount, trackingId: string): SimpleContract | undefined {
  const contract = contractsOf(sbps).get(trackingId)
  return contract?.account === accountId(account) ? contract : undefined
}

export function stopContract(sbps: Sbps, contract: SimpleContract, now: Date): void {
  const { trackingId } = contract
  contractsOf(sbps).put(trackingId, { ...contract, state: 'stopped' })
  sbps.schedule.at(now, 'sbps.simple-stopped', { trackingId })
}

function charge(
  sbps: Sbps,
  account: SbpsAccount,
  { values, trackingId, charges }: SimpleContract,
  now: Date,
): LinkResult {
  const said = { payMethod: 'credit', now } as const
  const order = {
    tracking_id: trackingId,
    cust_code: values['cust_code'] ?? '',
    order_id: values['order_id'] ?? '',
    // Beside the rows of tries on the page.
    order_rowno: `M${charges + 1}`,
    amount: values['amount'] ?? '',
    dealings_type: '10',
  }
  const outcome = authorizeAgain(sbps, callOf(account, 'ST01-00113-101', order, now))
  if (isRefused(outcome)) return { ...said, result: 'NG', errorCode: outcome.errorCode }
  const charged = outcome.trackingId ?? ''
  commit(sbps, asAutomatic(callOf(account, 'ST02-00101-101', { tracking_id: charged }, now)))
  return { ...said, result: 'OK', trackingId: charged }
}

function callOf(account: SbpsAccount, functionId: string, values: Values, now: Date): Call {
  const layout = findLayout(functionId)!
  const request: ApiRequest = { ok: true, functionId, layout, rows: [], encrypted: false, checksumHolds: true, values }
  return { account, request, now }
}

/** Sent again until the merchant says OK, like every result that no customer waits for. */
function tell(notices: Notices, account: SbpsAccount, contract: SimpleContract, said: LinkResult): void {
  const { trackingId, values, rows } = contract
  const { pagecon_url: url = '', order_id: orderId = '' } = values
  const body = noticeBody(account, resultValues(values, said), rows)
  notices.sendForm(account, trackingId, body, { url, orderId, result: said.result })
}

function planCharge(sbps: Sbps, trackingId: string, after: BusinessDate): void {
  const first = `${addMonths(`${after.slice(0, 7)}-01` as BusinessDate, 1)}` as BusinessDate
  const minute = integerBetween(0, 59, 'simple charge', trackingId)
  sbps.schedule.at(atTime(first, CHARGE_HOUR, minute), 'sbps.simple-charge', { trackingId } satisfies Due)
}

function contractsOf(sbps: Sbps) {
  return sbps.store.table<SimpleContract>('sbps_simple_contract')
}

/** The purchase itself, method by method: made, told to the merchant, and fixed or undone by the answer. */
import { dayOf } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import type { ApiRequest } from '@choba/wire/sbps/api-request.ts'
import { findLayout } from '@choba/wire/sbps/fields.ts'
import { encodeLinkNp, encodeLinkSlip } from '@choba/wire/sbps/link-result.ts'
import type { Values } from '@choba/wire/sbps/message.ts'
import type { SbpsAccount } from '../../accounts.ts'
import { cancel as cancelNp } from '../../np/cancellation.ts'
import { register as registerNp } from '../../np/registration.ts'
import { type Call, isRefused } from '../answer.ts'
import { authorize, cancelOrRefund, commit } from '../card.ts'
import { cancelBill, requestPayment } from '../convenience-store.ts'
import { accountId, nextStoreTrackingId } from '../records.ts'
import { asAutomatic, isFirstFree, isSimple, openContract } from '../simple-recurring.ts'
import { makeToken } from '../tokens.ts'
import { type Link, type LinkSession, npPayMethodOf, orderKey } from './records.ts'

/** An accepted purchase that waits for the merchant's word. */
export type Attempt = {
  readonly payMethod: string
  readonly trackingId: string
  readonly payinfoKey: string
  fix(): void
  undo(): void
}
export type Refusal = { readonly errorCode: string }

const NP_METHOD = '710'
/** What NP's own verdict is called between SBPS and a merchant is not public: assumed. */
const NP_REJECTED = `${NP_METHOD}20999`
const NP_INVALID = `${NP_METHOD}04999`
const SCREENING_CODE = { approved: '00', on_hold: '10', rejected: '20', in_review: '40' } as const

/** `entered` is what the customer typed on the page. */
export function attemptPurchase(
  link: Link,
  account: SbpsAccount,
  session: LinkSession,
  payMethod: string,
  entered: Values,
): Attempt | Refusal {
  if (link.orders.get(orderKey(account, session.values['order_id'] ?? ''))) return { errorCode: '99996004' }
  return link.sbps.store.transaction(() => {
    if (payMethod === 'webcvs') return payAtStore(link, account, session, entered)
    if (payMethod === npPayMethodOf(account)) return payByNp(link, account, session, entered)
    return payByCard(link, account, session, entered)
  })
}

function payByCard(link: Link, account: SbpsAccount, session: LinkSession, entered: Values): Attempt | Refusal {
  const { sbps } = link
  const token = tokenOf(link, account, entered)
  if ('errorCode' in token) return token
  const [dealingsType = '10', divideTimes = ''] = (entered['times'] ?? '10').split('-')
  const call = callOf(link, account, session, 'ST01-00131-101', {
    ...token,
    dealings_type: dealingsType,
    divide_times: divideTimes,
    cardbrand_return_flg: '0',
  })
  const outcome = authorize(sbps, call)
  if (isRefused(outcome)) return outcome
  const trackingId = outcome.trackingId!
  const later = (functionId: string) => callOf(link, account, session, functionId, { tracking_id: trackingId })
  return {
    payMethod: 'credit',
    trackingId,
    payinfoKey: '',
    fix() {
      if (!isSimple(session.values)) return void commit(sbps, later('ST02-00101-101'))
      openContract(sbps, account, { trackingId, values: session.values, rows: session.rows })
      // The card was only looked at: the first month is free.
      if (isFirstFree(session.values)) return void cancelOrRefund(sbps, later('ST02-00303-101'))
      return void commit(sbps, asAutomatic(later('ST02-00101-101')))
    },
    undo: () => void cancelOrRefund(sbps, later('ST02-00303-101')),
  }
}

/** From the page's script; a phone without scripts sends the card itself, to this page alone, and it is not kept. */
export function tokenOf(
  link: Link,
  account: SbpsAccount,
  entered: Values,
): { token: string; token_key: string } | Refusal {
  if (/^\d{8}$/.test(entered['token_error'] ?? '')) return { errorCode: entered['token_error'] ?? '' }
  if (entered['token']) return { token: entered['token'], token_key: entered['token_key'] ?? '' }
  const made = makeToken(link.sbps, {
    merchantId: account.merchantId,
    serviceId: account.serviceId,
    ccNumber: (entered['cc_number'] ?? '').replace(/[ -]/g, ''),
    ccExpiration: `${entered['cc_year'] ?? ''}${entered['cc_month'] ?? ''}`,
    securityCode: entered['security_code'] ?? '',
  })
  return typeof made === 'string' ? { errorCode: made } : { token: made.token, token_key: made.tokenKey }
}

function payAtStore(link: Link, account: SbpsAccount, session: LinkSession, entered: Values): Attempt | Refusal {
  const { sbps } = link
  const call = callOf(link, account, session, 'ST01-00101-701', {
    issue_type: '0',
    last_name: entered['last_name'] ?? '',
    first_name: entered['first_name'] ?? '',
    tel: entered['tel'] ?? '',
    mail: entered['mail'] ?? '',
    webcvstype: entered['webcvstype'] ?? '',
    bill_date: '',
  })
  for (const [tag, item] of [
    ['last_name', '201'],
    ['first_name', '202'],
    ['tel', '210'],
    ['mail', '211'],
  ] as const)
    if (call.request.values[tag] === '') return { errorCode: `70103${item}` }
  const outcome = requestPayment(sbps, call)
  if (isRefused(outcome)) return outcome
  const trackingId = outcome.trackingId!
  const bill = sbps.bills.get(trackingId)!
  return {
    payMethod: 'webcvs',
    trackingId,
    payinfoKey: encodeLinkSlip({
      storeType: bill.storeType,
      billDate: bill.billDate,
      numbers: [bill.payData1, bill.payData2].filter((number) => number !== '' && !number.startsWith('http')),
    }),
    fix: () => undefined,
    undo: () => void cancelBill(sbps, callOf(link, account, session, 'ST02-00303-701', { tracking_id: trackingId })),
  }
}

/** Passed on to the pretend NP under the shop's own contract there. All of it assumed. */
function payByNp(link: Link, account: SbpsAccount, session: LinkSession, entered: Values): Attempt | Refusal {
  const { sbps, npBook } = link
  const npAccount = sbps.accounts.findNp(account.link?.npMerchantCode ?? '')
  if (!npAccount) return { errorCode: `${NP_METHOD}01999` }
  const amount = yen(Number(session.values['amount']))
  const registered = registerNp(npBook, npAccount, {
    shopTransactionId: session.values['order_id'] ?? '',
    shopOrderDate: dayOf(sbps.clock.now()),
    settlementType: '02',
    billedAmountYen: amount,
    customer: {
      name: `${entered['last_name'] ?? ''} ${entered['first_name'] ?? ''}`.trim(),
      ...(entered['name_kana'] ? { nameKana: entered['name_kana'] } : {}),
      zipCode: (entered['zip'] ?? '').replace(/^(\d{3})(\d{4})$/, '$1-$2'),
      address: entered['address'] ?? '',
      tel: entered['tel'] ?? '',
      email: entered['mail'] ?? '',
    },
    goods: [{ name: session.values['item_name'] || session.values['item_id'] || '', priceYen: amount, quantity: 1 }],
  })
  if (!registered.ok) return { errorCode: NP_INVALID }
  const { npTransactionId, outcome } = registered.value
  if (outcome.result === 'rejected') return { errorCode: NP_REJECTED }
  return {
    payMethod: npPayMethodOf(account),
    trackingId: nextStoreTrackingId(sbps.store),
    payinfoKey: encodeLinkNp({ npTransactionId, screening: SCREENING_CODE[outcome.result] }),
    fix: () => undefined,
    undo: () => void cancelNp(npBook, npAccount, npTransactionId),
  }
}

/** A call of the API's own functions, as if the merchant had made it. */
function callOf(link: Link, account: SbpsAccount, session: LinkSession, functionId: string, values: Values): Call {
  const request = session.values
  const orderId = request['order_id'] ?? ''
  // Tries that came to nothing leave their number behind; the next one is told apart by its row.
  const earlier = link.sbps.index.listOrder(account, orderId).length
  const made: ApiRequest = {
    ok: true,
    functionId,
    layout: findLayout(functionId)!,
    rows: [],
    encrypted: false,
    checksumHolds: true,
    values: {
      cust_code: request['cust_code'] ?? '',
      order_id: orderId,
      order_rowno: earlier === 0 ? '' : String(earlier + 1),
      amount: request['amount'] ?? '',
      ...values,
    },
  }
  return { account, request: made, now: link.sbps.clock.now() }
}

export function keepPurchase(link: Link, account: SbpsAccount, session: LinkSession, attempt: Attempt): void {
  const { trackingId, payMethod } = attempt
  const { values, rows } = session
  link.orders.put(orderKey(account, values['order_id'] ?? ''), trackingId)
  link.purchases.put(trackingId, { trackingId, payMethod, account: accountId(account), values, rows })
}

/** Reading what a merchant asks about a customer's card (B01-1, C01-1), and an application (D01-1). */
import { decodeLinkForm } from '@choba/wire/sbps/form.ts'
import { listLinkFaults } from '@choba/wire/sbps/link-check.ts'
import type { Values } from '@choba/wire/sbps/message.ts'
import type { SbpsAccount } from '../../accounts.ts'
import type { Sbps } from '../records.ts'
import { findStoredCard } from '../stored-card.ts'
import { isOld, type ReadRequest } from './read-request.ts'

export type CustomerFunction = 'B01-1' | 'C01-1' | 'D01-1'

/** Points and account transfer are registered here too, and carriers apply here; this company sells neither. */
const CARD_WORDS = ['', 'credit', 'credit3d2']

export function readCustomerRequest(sbps: Sbps, fn: CustomerFunction, body: Uint8Array): ReadRequest {
  const first = decodeLinkForm(fn, body, '')
  const named = first.ok ? first.values : {}
  const account = sbps.accounts.findSbps(named['merchant_id'] ?? '', named['service_id'] ?? '')
  const read = account ? decodeLinkForm(fn, body, account.hashKey) : first
  const isRead = read.ok
  const values: Values = isRead ? read.values : {}
  const checksumHolds = isRead && account !== undefined && read.checksumHolds
  const fault = isRead
    ? faultOf(sbps, fn, { account, values, checksumHolds })
    : { errorCode: '99900999', tag: read.tag ?? '' }
  const payMethods = fn === 'D01-1' ? [] : ['credit']
  return { account, values, rows: [], checksumHolds, payMethods, fault }
}

function faultOf(
  sbps: Sbps,
  fn: CustomerFunction,
  { account, values, checksumHolds }: Pick<ReadRequest, 'account' | 'values' | 'checksumHolds'>,
): ReadRequest['fault'] {
  const [first] = listLinkFaults(fn, { values })
  if (first) return first
  if (!account) return { errorCode: '99914001', tag: 'merchant_id' }
  if (!checksumHolds) return { errorCode: '99909999', tag: 'sps_hashcode' }
  if (isOld(sbps, account, values)) return { errorCode: '99910023', tag: 'request_date' }
  // An application is for the methods of the carriers: none is contracted with this company.
  if (fn === 'D01-1' || !CARD_WORDS.includes(values['pay_method'] ?? ''))
    return { errorCode: '99901999', tag: 'pay_method' }
  return numberFault(sbps, fn, account, values)
}

/** A customer's number that is sent must be the one the customer has; a deletion needs something to delete. */
function numberFault(sbps: Sbps, fn: CustomerFunction, account: SbpsAccount, values: Values): ReadRequest['fault'] {
  const stored = findStoredCard(sbps, account, values['cust_code'] ?? '')
  if (fn === 'C01-1' && !stored) return { errorCode: '99995003', tag: 'cust_code' }
  const sent = values['sps_cust_no'] ?? ''
  return sent === '' || sent === stored?.customerNo ? undefined : { errorCode: '99995999', tag: 'sps_cust_no' }
}

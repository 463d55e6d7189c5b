/** Reading a purchase request: whose it is, whether its checksum holds, and the first thing that is wrong with it. */
import { parseJstCompact } from '@choba/shared/dates.ts'
import { decodeLinkForm } from '@choba/wire/sbps/form.ts'
import { listLinkFaults } from '@choba/wire/sbps/link-check.ts'
import { decodeFreeCsv } from '@choba/wire/sbps/free-csv.ts'
import type { Values } from '@choba/wire/sbps/message.ts'
import type { SbpsAccount } from '../../accounts.ts'
import type { Sbps } from '../records.ts'
import { findContract, isSimple } from '../simple-recurring.ts'
import { contractedMethods } from './records.ts'

export type ReadRequest = {
  readonly account: SbpsAccount | undefined
  readonly values: Values
  readonly rows: readonly Values[]
  readonly checksumHolds: boolean
  /** Of those asked for, the ones that are contracted; all of them when none is named. */
  readonly payMethods: readonly string[]
  readonly fault: { readonly errorCode: string; readonly tag: string } | undefined
}

const DEFAULT_LIMIT_SECONDS = 600

export function readPurchaseRequest(sbps: Sbps, body: Uint8Array): ReadRequest {
  const first = decodeLinkForm('A01-1', body, '')
  if (!first.ok) return unreadable(first.tag ?? '')
  const account = sbps.accounts.findSbps(first.values['merchant_id'] ?? '', first.values['service_id'] ?? '')
  const read = account ? decodeLinkForm('A01-1', body, account.hashKey) : first
  if (!read.ok) return unreadable(read.tag ?? '')
  const { values, rows } = read
  const asked = (values['pay_method'] ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
  const contracted = account ? contractedMethods(account) : []
  const offered = isSimple(values) ? contracted.filter((method) => method === 'credit') : contracted
  const payMethods =
    asked.length === 0 ? offered : offered.filter((method) => asked.some((word) => isMethod(word, method)))
  const checksumHolds = account !== undefined && read.checksumHolds
  return {
    account,
    values,
    rows,
    checksumHolds,
    payMethods,
    fault: faultOf(sbps, { account, values, rows, checksumHolds, payMethods }),
  }
}

/** 3-D Secure is asked for by words of its own; here it is the same card form. */
function isMethod(word: string, method: string): boolean {
  return word === method || (method === 'credit' && /^credit3d2?$/.test(word))
}

function unreadable(tag: string): ReadRequest {
  return {
    account: undefined,
    values: {},
    rows: [],
    checksumHolds: false,
    payMethods: [],
    fault: { errorCode: '99900999', tag },
  }
}

function faultOf(sbps: Sbps, request: Omit<ReadRequest, 'fault'>): ReadRequest['fault'] {
  const { account, values, rows, checksumHolds, payMethods } = request
  const [first] = listLinkFaults('A01-1', { values, rows })
  if (first) return first
  if (!account) return { errorCode: '99914001', tag: 'merchant_id' }
  if (!checksumHolds) return { errorCode: '99909999', tag: 'sps_hashcode' }
  if (isOld(sbps, account, values)) return { errorCode: '99910023', tag: 'request_date' }
  if (payMethods.length === 0) return { errorCode: '99901999', tag: 'pay_method' }
  // Once, or the same each month by the provider itself; what the merchant charges by itself goes by the API.
  const isKnown = values['pay_type'] === '0' || (isSimple(values) && values['auto_charge_type'] === '1')
  if (!isKnown) return { errorCode: '99901999', tag: 'pay_type' }
  if (values['service_type'] === '1') {
    const contract = findContract(sbps, account, values['tracking_id'] ?? '')
    if (contract?.state !== 'active') return { errorCode: contract ? '99957027' : '99912027', tag: 'tracking_id' }
  }
  if (decodeFreeCsv(values['free_csv'] ?? '') === undefined) return { errorCode: '99906999', tag: 'free_csv' }
  return undefined
}

export function isOld(sbps: Sbps, account: SbpsAccount, values: Values): boolean {
  const sentAt = parseJstCompact(values['request_date'] ?? '')
  if (!sentAt) return true
  const limitMs = Number(values['limit_second'] || DEFAULT_LIMIT_SECONDS) * 1000
  return account.requestAgeCheck && sbps.clock.now().getTime() - sentAt.getTime() > limitMs
}

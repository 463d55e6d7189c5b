/** Cards stored for a customer: register, update, delete, read. */
import { jstCompact } from '@choba/shared/dates.ts'
import type { SbpsAccount } from '../accounts.ts'
import { hexDigits } from '../random.ts'
import { type Call, type Outcome, refuse, valueOf } from './answer.ts'
import { shownCard } from './card-face.ts'
import { accountId, type CardFace, type Sbps, type StoredCard } from './records.ts'
import { faceOf, refusalByCard } from './test-cards.ts'
import { spendToken } from './tokens.ts'

type Presented = { readonly card: CardFace; readonly refusal: string | undefined }

export function findStoredCard(sbps: Sbps, account: SbpsAccount, custCode: string): StoredCard | undefined {
  return sbps.storedCards.get(keyOf(account, custCode))
}

/** Keeps the customer's number when there is a card already. */
export function saveCard(sbps: Sbps, call: Call, presented: Presented): StoredCard {
  const custCode = valueOf(call, 'cust_code')
  const known = findStoredCard(sbps, call.account, custCode)
  const stored: StoredCard = {
    custCode,
    customerNo: known?.customerNo ?? String(sbps.store.nextNumber('sbps_customer')).padStart(12, '0'),
    paymentNo: known?.paymentNo ?? '001',
    card: presented.card,
    ...(presented.refusal === undefined ? {} : { refusal: presented.refusal }),
    resrv1: valueOf(call, 'resrv1'),
    resrv2: valueOf(call, 'resrv2'),
    resrv3: valueOf(call, 'resrv3'),
  }
  sbps.storedCards.put(keyOf(call.account, custCode), stored)
  return stored
}

/** As it was before: none, or the earlier one. */
export function putBackCard(sbps: Sbps, account: SbpsAccount, custCode: string, before: StoredCard | undefined): void {
  if (before) sbps.storedCards.put(keyOf(account, custCode), before)
  else sbps.storedCards.delete(keyOf(account, custCode))
}

export function registerCard(sbps: Sbps, call: Call): Outcome {
  if (findStoredCard(sbps, call.account, valueOf(call, 'cust_code'))) return refuse(call, '95')
  return store(sbps, call)
}

export function updateCard(sbps: Sbps, call: Call): Outcome {
  if (!findStoredCard(sbps, call.account, valueOf(call, 'cust_code'))) return refuse(call, '95')
  return store(sbps, call)
}

function store(sbps: Sbps, call: Call): Outcome {
  const presented = presentCard(sbps, call)
  if ('errorCode' in presented) return presented
  // A wrong number cannot be stored; a card that will be refused later can.
  if (presented.refusal === '27') return refuse(call, '27')
  const stored = saveCard(sbps, call, presented)
  const byToken = valueOf(call, 'token') !== ''
  return {
    methodInfo: valueOf(call, 'cardbrand_return_flg') === '0' ? {} : { cardbrand_code: stored.card.brand },
    ...(valueOf(call, 'sps_cust_info_return_flg') === '0' ? {} : numbersOf(stored)),
    ...(byToken ? { payInfoKey: hexDigits(32, 'payinfo', accountId(call.account), stored.customerNo) } : {}),
    processDate: jstCompact(call.now),
  }
}

function presentCard(sbps: Sbps, call: Call): Presented | { readonly errorCode: string } {
  const number = valueOf(call, 'cc_number')
  if (number === '') return spendToken(sbps, call)
  const expiration = valueOf(call, 'cc_expiration')
  return { card: faceOf(number, expiration), refusal: refusalByCard(number, expiration, call.now) }
}

export function deleteCard(sbps: Sbps, call: Call): Outcome {
  const stored = findStoredCard(sbps, call.account, valueOf(call, 'cust_code'))
  if (!stored) return refuse(call, '95')
  sbps.storedCards.delete(keyOf(call.account, stored.custCode))
  return {
    ...(valueOf(call, 'sps_cust_info_return_flg') === '0' ? {} : numbersOf(stored)),
    processDate: jstCompact(call.now),
  }
}

export function readCard(sbps: Sbps, call: Call): Outcome {
  const stored = findStoredCard(sbps, call.account, valueOf(call, 'cust_code'))
  if (!stored) return refuse(call, '95')
  return {
    methodInfo: {
      ...shownCard(stored.card, valueOf(call, 'response_info_type') || '2'),
      ...(valueOf(call, 'cardbrand_return_flg') === '0' ? {} : { cardbrand_code: stored.card.brand }),
      resrv1: stored.resrv1,
      resrv2: stored.resrv2,
      resrv3: stored.resrv3,
    },
    ...(valueOf(call, 'sps_cust_info_return_flg') === '0' ? {} : numbersOf(stored)),
    processDate: jstCompact(call.now),
  }
}

function numbersOf(stored: StoredCard): { customerNo: string; paymentNo: string } {
  return { customerNo: stored.customerNo, paymentNo: stored.paymentNo }
}

function keyOf(account: SbpsAccount, custCode: string): string {
  return `${accountId(account)} ${custCode}`
}

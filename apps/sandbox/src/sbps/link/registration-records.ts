import { randomUUID } from 'node:crypto'
import { jstCompact } from '@choba/shared/dates.ts'
import { encodeLinkForm, linkFormPairs } from '@choba/wire/sbps/form.ts'
import { LINK_LAYOUTS } from '@choba/wire/sbps/link-fields.ts'
import type { Values } from '@choba/wire/sbps/message.ts'
import type { SbpsAccount } from '../../accounts.ts'
import type { Table } from '../../store.ts'
import type { StoredCard } from '../records.ts'
import type { Link } from './records.ts'

/** A customer on the page of their card, from the request to the result. The card is not in it. */
export type Registration = {
  readonly id: string
  /** As the accounts name it. */
  readonly account: string
  readonly values: Values
  readonly state: 'open' | 'asking' | 'done' | 'left'
  /** The code of the last refusal. */
  readonly refusedBy?: string
}

export function registrationsOf({ sbps }: Link): Table<Registration> {
  return sbps.store.table('sbps_link_registration')
}

export function startRegistration(link: Link, account: string, values: Values): Registration {
  const started: Registration = { id: randomUUID(), account, values, state: 'open' }
  registrationsOf(link).put(started.id, started)
  return started
}

export function amendRegistration(
  link: Link,
  registration: Registration,
  changes: Partial<Registration>,
): Registration {
  const next = { ...registration, ...changes }
  registrationsOf(link).put(next.id, next)
  return next
}

export type RegistrationResult = {
  readonly result: 'OK' | 'NG'
  readonly stored?: StoredCard | undefined
  readonly payinfoKey?: string
  readonly errorCode?: string
  readonly now: Date
}

/** The request's fields come back as they were sent; addresses do not. */
export function registrationValues(request: Values, said: RegistrationResult): Values {
  const echoed = LINK_LAYOUTS['B03-1'].head.map((tag) => [tag, request[tag] ?? ''] as const)
  return {
    ...Object.fromEntries(echoed),
    request_date: request['request_date'] ?? '',
    limit_second: request['limit_second'] ?? '',
    res_pay_method: 'credit',
    res_result: said.result,
    res_sps_cust_no: said.stored?.customerNo ?? '',
    res_sps_payment_no: said.stored?.paymentNo ?? '',
    res_payinfo_key: said.payinfoKey ?? '',
    res_err_code: said.errorCode ?? '',
    res_date: jstCompact(said.now),
  }
}

/** As it goes to pagecon_url. @throws Error when the request held a letter Shift_JIS lacks, which its own decoding rules out */
export function registrationNotice(account: SbpsAccount, values: Values): Uint8Array {
  const written = encodeLinkForm('B03-1', { values }, account.hashKey)
  if (!written.ok) throw new Error(`a result that cannot be written: ${written.tag}`)
  return written.bytes
}

/** As the browser posts it to success_url or error_url. */
export function registrationPairs(account: SbpsAccount, values: Values): [string, string][] {
  return linkFormPairs('B02-1', { values }, account.hashKey)
}

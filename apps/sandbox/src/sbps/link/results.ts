/** The result of a purchase: the same fields go to the merchant's server and with the customer's browser. */
import { jstCompact } from '@choba/shared/dates.ts'
import { encodeLinkForm, linkFormPairs } from '@choba/wire/sbps/form.ts'
import { LINK_LAYOUTS } from '@choba/wire/sbps/link-fields.ts'
import type { Values } from '@choba/wire/sbps/message.ts'
import type { SbpsAccount } from '../../accounts.ts'

export type LinkResult = {
  readonly result: 'OK' | 'NG' | 'PY' | 'CN' | 'CR' | 'CL'
  readonly payMethod: string
  readonly trackingId?: string
  readonly payinfoKey?: string
  readonly errorCode?: string
  readonly now: Date
}

/** The request's fields come back as they were sent; addresses and free_csv do not. */
export function resultValues(request: Values, said: LinkResult): Values {
  const echoed = LINK_LAYOUTS['A02-1'].head.map((tag) => [tag, request[tag] ?? ''] as const)
  return {
    ...Object.fromEntries(echoed),
    request_date: request['request_date'] ?? '',
    limit_second: request['limit_second'] ?? '',
    res_pay_method: said.payMethod,
    res_result: said.result,
    res_tracking_id: said.trackingId ?? '',
    res_payinfo_key: said.payinfoKey ?? '',
    res_payment_date: said.result === 'NG' ? '' : jstCompact(said.now),
    res_err_code: said.errorCode ?? '',
    res_date: jstCompact(said.now),
  }
}

/** As it goes to pagecon_url. @throws Error when the request held a letter Shift_JIS lacks, which its own decoding rules out */
export function noticeBody(account: SbpsAccount, values: Values, rows: readonly Values[]): Uint8Array {
  const written = encodeLinkForm('A02-1', { values, rows }, account.hashKey)
  if (!written.ok) throw new Error(`a result that cannot be written: ${written.tag}`)
  return written.bytes
}

/** As the browser posts it to success_url or error_url. */
export function browserPairs(account: SbpsAccount, values: Values, rows: readonly Values[]): [string, string][] {
  return linkFormPairs('A03-1', { values, rows }, account.hashKey)
}

/** What a function of the API hands back: the leaves of an OK, or an error type. The transport makes the message of it. */
import type { ApiAnswer } from '@choba/wire/sbps/api-response.ts'
import type { ApiRequest } from '@choba/wire/sbps/api-request.ts'
import { methodOf } from '@choba/wire/sbps/check.ts'
import type { SbpsAccount } from '../accounts.ts'

export type Call = { readonly account: SbpsAccount; readonly request: ApiRequest; readonly now: Date }

/** `transactionId` is filled by the transport when the function does not make its own. */
export type Accepted = Partial<Omit<ApiAnswer, 'result' | 'functionId' | 'errorCode' | 'date'>>
export type Refused = { readonly errorCode: string }
export type Outcome = Accepted | Refused

export function isRefused(outcome: Outcome): outcome is Refused {
  return 'errorCode' in outcome
}

/** Refuses with `mmm tt iii`: the function's method, the type, and the item (999 = none in particular). */
export function refuse(call: Call, type: string, item = '999'): Refused {
  return { errorCode: methodOf(call.request.functionId) + type + item }
}

export function valueOf(call: Call, tag: string): string {
  return call.request.values[tag] ?? ''
}

/** Digits that the field check has seen. Empty counts as none. */
export function amountOf(call: Call): number | undefined {
  const text = valueOf(call, 'amount')
  return text === '' ? undefined : Number(text)
}

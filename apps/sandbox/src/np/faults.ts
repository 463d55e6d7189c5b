/**
 * Trouble that a person asks for at one call of a sale's life, for tests of what comes after: `drop-once-cancel+taro@…`
 * cuts the connection of its first cancellation. Without a call's name the trouble is at every change of the sale.
 */
import { FAULTS, type Fault } from '../http.ts'
import type { Store } from '../store.ts'

export const FAULT_CALLS = [
  'register',
  'update',
  'cancel',
  'reregister',
  'ship',
  'authorizations',
  'payments',
  'print',
] as const
export type FaultCall = (typeof FAULT_CALLS)[number]

/** What NP answers where the sale asks to be refused. */
export const REFUSAL_CODES: Readonly<Record<FaultCall, string>> = {
  register: 'E0109002',
  update: 'E0109002',
  cancel: 'E0100118',
  reregister: 'E0131011',
  ship: 'E0109002',
  authorizations: 'E0109003',
  payments: 'E0109003',
  print: 'E0109002',
}

/** Asking what stands never fails unless it is named, or nobody could ask for the rest of a batch. */
const ONLY_BY_NAME: readonly FaultCall[] = ['authorizations', 'payments', 'print']

type Wish = { readonly kind: Fault | 'refuse'; readonly once: boolean; readonly call: FaultCall | undefined }

const WORDS = new RegExp(`^(${FAULTS.join('|')}|refuse)(-once)?(?:-(${FAULT_CALLS.join('|')}))?\\+`, 'i')

export type Suffering = {
  /** The trouble of the whole call, undefined when none of its rows asks for one. */
  readonly fault: Fault | undefined
  /** By row: the code it is refused with. */
  readonly refusals: readonly (string | undefined)[]
}

/** What a call of these sales suffers, each given by its e-mail and a name of its own. A wish for once is used up. */
export function faultsOfCall(
  store: Store,
  call: FaultCall,
  rows: readonly { readonly email: string | undefined; readonly sale: string }[],
): Suffering {
  const done = store.table<true>('np_fault_done')
  let fault: Fault | undefined
  const refusals = rows.map(({ email, sale }) => {
    const wish = wishOf(email, call)
    if (wish === undefined) return undefined
    const key = `${sale}/${call}`
    if (wish.once && done.get(key)) return undefined
    if (wish.once) done.put(key, true)
    if (wish.kind === 'refuse') return REFUSAL_CODES[call]
    fault ??= wish.kind
    return undefined
  })
  return { fault, refusals }
}

/** The e-mail without its words of trouble, so that what follows them can steer as well. */
export function withoutFault(email: string): string {
  return email.replace(WORDS, '')
}

function wishOf(email: string | undefined, call: FaultCall): Wish | undefined {
  const match = WORDS.exec(email ?? '')
  if (!match) return undefined
  const named = FAULT_CALLS.find((each) => each === match[3]?.toLowerCase())
  if (named === undefined ? ONLY_BY_NAME.includes(call) : named !== call) return undefined
  return { kind: match[1]!.toLowerCase() as Wish['kind'], once: match[2] !== undefined, call: named }
}

/**
 * Whether what runs now may read customers' names, addresses and numbers. A request carries its caller's right; a job none,
 * which is all: a job that works for a person runs within that person's.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { may, type Holder } from '@choba/shared/permissions.ts'

const scope = new AsyncLocalStorage<boolean>()

export function withSightOf<T>(holder: Holder | undefined, work: () => T): T {
  return scope.run(holder !== undefined && may(holder, 'personal_data.read'), work)
}

/** For what is searched and what is written to files. What a screen shows is masked by `http/mount.ts`. */
export function readsPersonalData(): boolean {
  return scope.getStore() ?? true
}

/** Digits of a Japanese telephone number: ten, of a mobile telephone eleven. */
const WHOLE_NUMBER = 10

/** Digit by digit a search would tell what is masked: whoever may not read numbers finds by the whole of one alone. */
export function maySearchPhone(digits: string): boolean {
  return readsPersonalData() || digits.length >= WHOLE_NUMBER
}

/** The revolving usage limit: what one customer owes NP over all shops. A hold reserves it just as an approval does. */
import { dayOf } from '@choba/shared/dates.ts'
import { sumYen, type Yen } from '@choba/shared/money.ts'
import type { NpTransaction } from '@choba/wire/np/messages.ts'
import type { NpAccount } from '../accounts.ts'
import type { NpBook, NpRecord } from './record.ts'
import { creditLimitOn } from './settings.ts'

/** Assumed: the same phone and name are the same person. */
function customerKey(transaction: NpTransaction): string {
  const { name, tel } = transaction.customer
  return `${tel.replaceAll('-', '')} ${name.normalize('NFKC').replace(/\s+/g, '')}`
}

/** Would this transaction, beside all the others the customer owes for, pass the limit of the day? */
export function exceedsLimit(book: NpBook, account: NpAccount, record: NpRecord): boolean {
  const owed = book.credit.get(customerKey(record.transaction)) ?? {}
  const others = Object.entries(owed).filter(([npId]) => npId !== record.npId && npId !== record.base?.npId)
  const total = sumYen(others.map(([, amount]) => amount)) + record.transaction.billedAmountYen
  return total > creditLimitOn(account.settings.creditLimits, dayOf(book.deps.clock.now()))
}

export function reserveCredit(book: NpBook, record: NpRecord): void {
  const key = customerKey(record.transaction)
  const owed: Record<string, Yen> = { ...book.credit.get(key), [record.npId]: record.transaction.billedAmountYen }
  book.credit.put(key, owed)
}

/** Frees what the transaction reserved; nothing when it had not. */
export function releaseCredit(book: NpBook, record: NpRecord): void {
  const key = customerKey(record.transaction)
  const owed = book.credit.get(key)
  if (owed?.[record.npId] === undefined) return
  const { [record.npId]: _freed, ...rest } = owed
  if (Object.keys(rest).length === 0) book.credit.delete(key)
  else book.credit.put(key, rest)
}

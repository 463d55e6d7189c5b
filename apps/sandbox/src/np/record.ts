/** A transaction as NP keeps it, and the tables it stands in. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Yen } from '@choba/shared/money.ts'
import type { NpPaymentPlace, NpScreeningOutcome, NpTransaction } from '@choba/wire/np/messages.ts'
import type { NpLayout } from '@choba/wire/np/statement-layout.ts'
import type { NpStatementLine } from '@choba/wire/np/statement-line.ts'
import type { NpStatement } from '@choba/wire/np/statements.ts'
import type { NpAccount } from '../accounts.ts'
import type { Deps } from '../deps.ts'
import type { Table } from '../store.ts'

/** A reason it was held for, and what the fields at fault said then: when they say something else, the reason is gone. */
export type HeldFor = { readonly code: string; readonly seen: string }

export type NpRecord = {
  readonly npId: string
  readonly merchantCode: string
  readonly transaction: NpTransaction
  readonly status: 'active' | 'cancelled' | 'expired'
  readonly screening: {
    readonly attempt: number
    readonly outcome: NpScreeningOutcome
    readonly decidedAt?: string
    readonly heldFor?: readonly HeldFor[]
  }
  readonly registeredAt: string
  readonly shipment?: {
    readonly carrierCode: string
    readonly slipNumber: string
    readonly shippedOn: BusinessDate
    readonly billIssuedOn?: BusinessDate
  }
  readonly arrivalConfirmedOn?: BusinessDate
  readonly bill?: {
    readonly issuedOn: BusinessDate
    readonly dueOn: BusinessDate
    readonly inquiryNumber: string
    readonly reissueCount: number
  }
  readonly reminders?: { readonly count: number; readonly lastOn: BusinessDate }
  readonly payment?: { readonly paidOn: BusinessDate; readonly place: NpPaymentPlace; readonly store: string | null }
  readonly payout?: {
    readonly closedOn: BusinessDate
    readonly statementNumber: string
    readonly line: NpStatementLine
  }
  /** Open until it has a day of closing. */
  readonly dispute?: { readonly openedOn: BusinessDate; readonly closedOn?: BusinessDate }
  /** Set on a transaction that took the place of a cancelled one. */
  readonly base?: { readonly npId: string; readonly depth: number }
  readonly reregisteredAs?: string
}

export type PayoutItem = { readonly merchantCode: string } & (
  | { readonly kind: 'sale' | 'offset'; readonly npId: string }
  /** What belongs to no sale; negative when NP takes it. */
  | { readonly kind: 'adjustment' | 'carry_over'; readonly amountYen: Yen; readonly note: string }
)
export type StatementRecord = NpStatement & {
  readonly merchantCode: string
  /** Absent on statements of an earlier version, which were written in the old one. */
  readonly layout?: NpLayout
  readonly lines: readonly NpStatementLine[]
}

export type NpBook = {
  readonly deps: Deps
  readonly records: Table<NpRecord>
  /** NP ids by merchant and the shop's own id, oldest first. */
  readonly byShopId: Table<readonly string[]>
  /** What each customer owes, by transaction. */
  readonly credit: Table<Readonly<Record<string, Yen>>>
  /** What the next closing will take. */
  readonly payoutItems: Table<PayoutItem>
  readonly statements: Table<StatementRecord>
  readonly closings: Table<BusinessDate>
}

export function openBook(deps: Deps): NpBook {
  const { store } = deps
  return {
    deps,
    records: store.table('np_transaction'),
    byShopId: store.table('np_shop_id'),
    credit: store.table('np_credit'),
    payoutItems: store.table('np_payout_item'),
    statements: store.table('np_statement'),
    closings: store.table('np_closing'),
  }
}

/** Writes the record with some members changed, and returns it. */
export function amend(book: NpBook, record: NpRecord, changes: Partial<NpRecord>): NpRecord {
  const next = { ...record, ...changes }
  book.records.put(next.npId, next)
  return next
}

export function shopKey(merchantCode: string, shopTransactionId: string): string {
  return `${merchantCode}\n${shopTransactionId}`
}

/** A merchant sees its own transactions only. */
export function findOwn(book: NpBook, account: NpAccount, npId: string): NpRecord | undefined {
  const record = book.records.get(npId)
  return record?.merchantCode === account.merchantCode ? record : undefined
}

export function findNewestOfShopId(book: NpBook, account: NpAccount, shopTransactionId: string): NpRecord | undefined {
  const npId = book.byShopId.get(shopKey(account.merchantCode, shopTransactionId))?.at(-1)
  return npId === undefined ? undefined : book.records.get(npId)
}

/** Chance hangs on what the shop knows the sale by, so that the order of calls changes nothing. */
export function seedOf(record: NpRecord): string {
  return `${record.merchantCode}/${record.transaction.shopTransactionId}/${record.base?.depth ?? 0}`
}

/** @throws Error when a task names a merchant that was never set up. */
export function accountOf(book: NpBook, merchantCode: string): NpAccount {
  const account = book.deps.accounts.findNp(merchantCode)
  if (!account) throw new Error(`no NP account ${merchantCode}`)
  return account
}

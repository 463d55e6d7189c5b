/** What the hosted page remembers: who is on it, what was bought, and what the merchant was told. Never a card number. */
import { randomUUID } from 'node:crypto'
import type { Values } from '@choba/wire/sbps/message.ts'
import type { SbpsAccount } from '../../accounts.ts'
import type { Deps } from '../../deps.ts'
import { type NpBook, openBook } from '../../np/record.ts'
import type { Store, Table } from '../../store.ts'
import { accountId, type Sbps } from '../records.ts'
import { DEFAULT_NP_PAY_METHOD } from './contract.ts'

/** A customer on the page, from the purchase request to the result. */
export type LinkSession = {
  readonly id: string
  readonly account: string
  /** The request as received; the card is not in it. */
  readonly values: Values
  readonly rows: readonly Values[]
  /** What the page offers, in the provider's words. */
  readonly payMethods: readonly string[]
  readonly startedAt: string
  readonly state: 'paying' | 'asking' | 'done' | 'left'
  /** The code of the last refusal. */
  readonly refusedBy?: string
  /** The result as the browser takes it home, once there is one. */
  readonly result?: Values
}

/** A purchase that stands, with what its later notices repeat. */
export type LinkPurchase = {
  readonly trackingId: string
  readonly account: string
  readonly payMethod: string
  readonly values: Values
  readonly rows: readonly Values[]
}

/** One try to tell the merchant. */
export type LinkNoticeLog = {
  readonly id: string
  readonly at: string
  readonly account: string
  readonly orderId: string
  readonly result: string
  readonly url: string
  readonly tookMs: number
  /** Undefined when the merchant said OK. */
  readonly trouble?: string
}

export type Link = {
  readonly sbps: Sbps
  readonly npBook: NpBook
  readonly sessions: Table<LinkSession>
  readonly purchases: Table<LinkPurchase>
  readonly orders: Table<string>
  readonly log: Table<LinkNoticeLog>
}

export function createLink(sbps: Sbps, deps: Deps): Link {
  const { store } = sbps
  return {
    sbps,
    npBook: openBook(deps),
    sessions: store.table('sbps_link_session'),
    purchases: purchasesOf(store),
    orders: store.table('sbps_link_order'),
    log: logOf(store),
  }
}

export function purchasesOf(store: Store): Table<LinkPurchase> {
  return store.table('sbps_link_purchase')
}

export function logOf(store: Store): Table<LinkNoticeLog> {
  return store.table('sbps_link_notice')
}

export function logNotice(store: Store, entry: Omit<LinkNoticeLog, 'id'>): void {
  const id = String(store.nextNumber('sbps_link_notice')).padStart(10, '0')
  logOf(store).put(id, { ...entry, id })
}

export function startSession(link: Link, session: Omit<LinkSession, 'id' | 'state'>): LinkSession {
  const started: LinkSession = { ...session, id: randomUUID(), state: 'paying' }
  link.sessions.put(started.id, started)
  return started
}

export function amendSession(link: Link, session: LinkSession, changes: Partial<LinkSession>): LinkSession {
  const next = { ...session, ...changes }
  link.sessions.put(next.id, next)
  return next
}

export function orderKey(account: SbpsAccount, orderId: string): string {
  return `${accountId(account)} ${orderId}`
}

export function accountOfSession({ sbps }: Link, session: LinkSession): SbpsAccount | undefined {
  return sbps.accounts.findSbps(session.account.slice(0, 5), session.account.slice(6))
}

export function npPayMethodOf(account: SbpsAccount): string {
  return account.link?.npPayMethod ?? DEFAULT_NP_PAY_METHOD
}

/** What the account can be paid by on the page. */
export function contractedMethods(account: SbpsAccount): string[] {
  return ['credit', 'webcvs', ...(account.link?.npMerchantCode === undefined ? [] : [npPayMethodOf(account)])]
}

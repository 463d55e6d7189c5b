/** What the pretend SBPS remembers, and how it numbers things. Card numbers are never among it. */
import type { SbpsAccount } from '../accounts.ts'
import type { Deps } from '../deps.ts'
import type { Store, Table } from '../store.ts'

export type PaymentHead = {
  readonly trackingId: string
  readonly transactionId: string
  readonly merchantId: string
  readonly serviceId: string
  readonly custCode: string
  readonly orderId: string
  readonly orderRow: string
  readonly amountYen: number
  readonly requestedAt: string
}

/** 0 not committed, 1 committed, 2 cancelled after commit, 3 cancelled uncommitted. */
export type CommitStatus = '0' | '1' | '2' | '3'
/** 1 authorized, 2 captured, 3 authorization cancelled, 4 refunded (also after a partial refund). */
export type CardStatus = '1' | '2' | '3' | '4'

export type CardPayment = PaymentHead & {
  readonly method: 'credit'
  readonly card: CardFace
  readonly recognizedNo: string
  readonly dealingsType: string
  readonly divideTimes: string
  readonly commitStatus: CommitStatus
  readonly status: CardStatus
  readonly capturedYen: number
  readonly refundedYen: number
  readonly refundRows: readonly string[]
}

/** What may be kept of a card. */
export type CardFace = { readonly brand: string; readonly last4: string; readonly expiration: string }

/** 1 unpaid, 2 partly paid, 3 paid, 4 overpaid, 9 cancelled. */
export type StoreStatus = '1' | '2' | '3' | '4' | '9'

export type StorePayment = PaymentHead & {
  readonly method: 'webcvs'
  readonly storeType: string
  /** YYYYMMDD */
  readonly billDate: string
  readonly mail: string
  readonly payData1: string
  readonly payData2: string
  readonly status: StoreStatus
  /** Told by preliminary reports and not taken back. */
  readonly preliminaryYen: number
  /** Told by definite reports and not taken back. */
  readonly definiteYen: number
}

export type StoredCard = {
  readonly custCode: string
  readonly customerNo: string
  readonly paymentNo: string
  readonly card: CardFace
  /** The error type that an authorization with this card ends in, decided by its test number. */
  readonly refusal?: string
  readonly resrv1: string
  readonly resrv2: string
  readonly resrv3: string
}

export type CardToken = {
  readonly token: string
  readonly tokenKey: string
  readonly merchantId: string
  readonly serviceId: string
  readonly card: CardFace
  readonly refusal?: string
  readonly expiresAt: number
  readonly used: boolean
}

export type Sbps = Pick<Deps, 'store' | 'clock' | 'schedule' | 'accounts'> & {
  readonly cards: Table<CardPayment>
  readonly bills: Table<StorePayment>
  readonly storedCards: Table<StoredCard>
  readonly tokens: Table<CardToken>
  readonly index: PaymentIndex
}

export type PaymentIndex = {
  add(payment: PaymentHead): void
  /** The payment already made for an order id and branch number, whatever its method. */
  findOrder(account: SbpsAccount, orderId: string, orderRow: string): string | undefined
  findTransaction(transactionId: string): string | undefined
  listOrder(account: SbpsAccount, orderId: string): string[]
}

export function createSbps(deps: Deps): Sbps {
  const cards = deps.store.table<CardPayment>('sbps_card')
  const bills = deps.store.table<StorePayment>('sbps_bill')
  return {
    store: deps.store,
    clock: deps.clock,
    schedule: deps.schedule,
    accounts: deps.accounts,
    cards,
    bills,
    storedCards: deps.store.table('sbps_stored_card'),
    tokens: deps.store.table('sbps_token'),
    index: createIndex(deps.store, cards, bills),
  }
}

/** Kept in memory and derived from the tables; an entry whose transaction was undone points to nothing and counts as none. */
function createIndex(store: Store, cards: Table<CardPayment>, bills: Table<StorePayment>): PaymentIndex {
  const byOrder = new Map<string, Set<string>>()
  const byTransaction = new Map<string, string>()

  function add(payment: PaymentHead): void {
    const key = orderKey(payment.merchantId, payment.serviceId, payment.orderId)
    const known = byOrder.get(key)
    if (known) known.add(payment.trackingId)
    else byOrder.set(key, new Set([payment.trackingId]))
    byTransaction.set(payment.transactionId, payment.trackingId)
  }

  function listOrder(account: SbpsAccount, orderId: string): string[] {
    const ids = byOrder.get(orderKey(account.merchantId, account.serviceId, orderId)) ?? []
    return [...ids].filter((id) => (cards.get(id) ?? bills.get(id))?.orderId === orderId)
  }

  for (const payment of cards.values()) add(payment)
  for (const payment of bills.values()) add(payment)
  store.onReset(() => {
    byOrder.clear()
    byTransaction.clear()
  })
  return {
    add,
    listOrder,
    findOrder: (account, orderId, orderRow) =>
      listOrder(account, orderId).find((id) => (cards.get(id) ?? bills.get(id))?.orderRow === orderRow),
    findTransaction: (transactionId) => byTransaction.get(transactionId),
  }
}

function orderKey(merchantId: string, serviceId: string, orderId: string): string {
  return `${merchantId}-${serviceId} ${orderId}`
}

export function accountId(account: { readonly merchantId: string; readonly serviceId: string }): string {
  return `${account.merchantId}-${account.serviceId}`
}

/** One letter, merchant 5, service 3, function id without dashes 12, running number 11. */
export function nextTransactionId(store: Store, account: SbpsAccount, functionId: string): string {
  const running = String(store.nextNumber('sbps_transaction')).padStart(11, '0')
  return `C${account.merchantId}${account.serviceId}${functionId.replaceAll('-', '')}${running}`
}

/** 14 digits, zero-padded. */
export function nextCardTrackingId(store: Store): string {
  return String(616_307_000 + store.nextNumber('sbps_card_tracking')).padStart(14, '0')
}

/** 14 digits that do not begin with zero. */
export function nextStoreTrackingId(store: Store): string {
  return String(83_910_000_000_000 + store.nextNumber('sbps_store_tracking'))
}

/** What a kind of file must know to be checked, sent and settled. One entry for each kind of `shared/imports/kinds.ts`. */
import type { Kysely } from 'kysely'
import type { OperationRequest } from '@choba/shared/contracts/operations.ts'
import type { OrderInput } from '@choba/shared/contracts/orders.ts'
import type { Clock } from '../../core/clock.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import type { Database } from '../../db/schema.ts'
import type { RowChange, StoredRow } from './import-rows.queries.ts'
import type { Run } from './imports.queries.ts'

/** In whose name a row is sent, with the rights of today. */
export type Sender = Omit<Session, 'name' | 'email'>

type RowError = { readonly code: string; readonly reason: string | null }

/** The doors that orders and actions go through, whoever asks. The composition root hands them in. */
export type Doors = {
  takeOrders(
    sender: Sender,
    orders: readonly OrderInput[],
  ): Promise<{
    readonly results: ReadonlyArray<{ readonly paymentId: string | null; readonly error: RowError | null }>
  }>
  actOn(
    sender: Sender,
    requests: readonly OperationRequest[],
  ): Promise<{
    readonly results: ReadonlyArray<{ readonly operation: object | null; readonly error: RowError | null }>
  }>
}

export type ImportDeps = {
  readonly clock: Clock
  readonly db: Db
  readonly providerClocks: ProviderClocks
  readonly doors: Doors
}

export type Work = {
  readonly tx: Kysely<Database>
  readonly deps: ImportDeps
  readonly merchantId: string
  readonly run: Run
}

export type KindRules = {
  /** Rows for one look at the books, and for one call of the doors. */
  readonly chunk: number
  /** What the next rows need: unchecked ones to be checked, ready ones to be sent. */
  list(work: Work, state: 'unchecked' | 'ready'): Promise<StoredRow[]>
  check(work: Work, rows: readonly StoredRow[]): Promise<RowChange[]>
  /** Hands rows on. Done twice, it is done once: what a crash left behind is sent again. */
  send(work: Work, rows: readonly StoredRow[], sender: Sender): Promise<RowChange[]>
  /** How rows ended whose operations have. */
  settle(work: Work, rows: readonly StoredRow[]): Promise<RowChange[]>
  /** Whether failed rows may be sent again as they are where a payment stands already. */
  readonly retries: 'all' | 'without_payment'
  /** Whether what was brought in can be taken back: not where a provider was told of it. */
  readonly undone?: boolean
}

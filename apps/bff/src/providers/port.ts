/** What every provider connector offers. Wire formats stay behind it; nothing here opens a transaction. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Connection } from '../core/connection.ts'
import type { FeeLine } from '../domain/payment/events.ts'
import type { DatedNews } from '../domain/payment/news.ts'
import type { StatementLineKind } from '../domain/statement-journal.ts'
import type { HostedPage } from './hosted-page.ts'
import type { AskPrintData } from './print-data.ts'

export type OperationKind =
  | 'register'
  | 'capture'
  | 'cancel'
  | 'refund'
  | 'change_amount'
  | 'report_shipment'
  | 'correct'
  | 'reregister'
  /** The two that make another claim of the order: the provider is asked to end the old one, or nothing yet. */
  | 'reissue'
  | 'reauthorize'

/** One thing to ask of a provider, with what the provider must be told about the payment. Amounts in yen. */
export type OperationItem = {
  readonly operationId: string
  readonly kind: OperationKind
  readonly amountYen: number | null
  readonly request: Readonly<Record<string, unknown>>
  /** The day at the provider. */
  readonly today: BusinessDate
  /** Where multi-step work stands, as last reported through `onStep`. */
  readonly progress: Readonly<Record<string, unknown>>
  /** How often a refund of this payment was done before: the provider's own repeat guard. */
  readonly refundsBefore: number
  readonly payment: {
    readonly paymentId: string
    readonly method: string
    readonly orderNumber: string
    readonly orderBranch: number
    readonly orderedAt: string
    readonly amountYen: number
    readonly taxYen: number
    readonly capturedYen: number
    readonly refundedYen: number
    readonly providerId: string | null
    readonly transactionId: string | null
    /** Every id the payment ever had at the provider. */
    readonly knownIds: readonly string[]
    readonly status: string
    readonly shipped: boolean
    /** The customer's limit is still held for the present id. */
    readonly creditHeld: boolean
    /** Cancelled at the provider for a smaller amount that is not registered yet. */
    readonly withdrawn: { readonly toYen: number } | null
  }
  readonly customer: Person & { readonly email: string }
  readonly delivery: Person | null
  readonly goods: ReadonlyArray<{
    readonly name: string
    readonly unitPriceYen: number
    readonly quantity: number
    readonly taxRateBp: number
  }>
}

export type Person = {
  readonly name: string
  readonly kana: string
  readonly company: string
  readonly department?: string
  readonly zip: string
  readonly address: string
  readonly phone: string
}

/** Bytes as they came, kept for ever; the unique key makes a repeat a no-op. */
export type RawMessage = {
  readonly kind: string
  readonly uniqueKey: string
  readonly providerId: string | null
  readonly contentType: string
  readonly body: Uint8Array
  readonly context?: Readonly<Record<string, unknown>>
  /** The provider's clock, ISO 8601 in UTC. */
  readonly saidAt: string
}

export type Outcome =
  /** Done; the news says what changed. */
  | { readonly kind: 'done'; readonly news: readonly DatedNews[]; readonly messages: readonly RawMessage[] }
  /** The provider said no, with its codes; the news may say so too (a refused registration). */
  | {
      readonly kind: 'refused'
      readonly codes: readonly string[]
      readonly news: readonly DatedNews[]
      readonly messages: readonly RawMessage[]
    }
  /** The provider answered that it had trouble of its own: what became of it is looked up, then it is sent again. */
  | { readonly kind: 'trouble'; readonly codes: readonly string[]; readonly messages: readonly RawMessage[] }
  /** No answer came, so it may or may not have been done. */
  | { readonly kind: 'unknown'; readonly cause: string }
  /** It never reached the provider, or an inquiry showed that it was not done: it may be sent again. */
  | { readonly kind: 'not_done'; readonly cause: string }

export type OutcomeOf = ReadonlyMap<string, Outcome>
/** Persists what a first step reached, and what it changed, before the next one begins. */
export type OnStep = (
  operationId: string,
  progress: Record<string, unknown>,
  messages: readonly RawMessage[],
  news?: readonly DatedNews[],
) => Promise<void>

/** A payment that may have news at the provider. */
export type OpenPayment = {
  readonly paymentId: string
  readonly method: string
  readonly status: string
  readonly providerId: string
}

export type StatementHead = {
  readonly statementNumber: string
  readonly method: string
  readonly closingOn: BusinessDate
  readonly payOn: BusinessDate
  /** Sales less what was taken back of them. */
  readonly grossYen: number
  readonly transferYen: number
  /** The issuer's number for qualified invoices. */
  readonly issuerNumber?: string | undefined
}
export type StatementLine = {
  readonly line: number
  readonly kind: StatementLineKind
  /** Empty, like the order number, on a line of the statement itself. */
  readonly providerId: string
  readonly orderNumber: string
  readonly note: string
  readonly grossYen: number
  readonly feeYen: number
  readonly feeTaxYen: number
  readonly fees: readonly FeeLine[]
  readonly transferYen: number
  /** Of a month's own fee and where it is carried or invoiced: its month (`YYYY-MM`), and how often it was carried so far. */
  readonly fixedFee: { readonly month: string; readonly carried: number } | null
}

export type Interpreted =
  | { readonly kind: 'news'; readonly providerId: string; readonly news: readonly DatedNews[] }
  | {
      readonly kind: 'statement'
      readonly head: StatementHead
      /** News of a payment; a line of the statement itself has none. */
      readonly lines: ReadonlyArray<StatementLine & { readonly news: DatedNews | null }>
    }
  | {
      readonly kind: 'statement_paid'
      readonly statementNumber: string
      readonly paidOn: BusinessDate
      readonly saidAt: string
    }
  | { readonly kind: 'unreadable'; readonly reason: string }

export type ProviderAdapter = {
  /** Sends operations of one connection. Answers one outcome for each, whatever happens. */
  execute(connection: Connection, items: readonly OperationItem[], onStep: OnStep): Promise<OutcomeOf>
  /** Finds out what became of operations whose answer never came. */
  inquire(connection: Connection, items: readonly OperationItem[], onStep: OnStep): Promise<OutcomeOf>
  /** Asks for news of open payments and of statements. @throws ProviderUnreachable */
  poll(connection: Connection, open: readonly OpenPayment[], known: KnownStatements): Promise<readonly RawMessage[]>
  /** Reads a kept message; the same bytes always say the same. */
  interpret(connection: Connection, message: Omit<RawMessage, 'uniqueKey'>): Interpreted
  readonly notices?: NoticeReader
  /** For providers on whose own page a customer can pay. */
  readonly hostedPage?: HostedPage
  /** For providers whose invoices the shop prints itself. Only asks, so it may be asked again. */
  readonly printData?: AskPrintData
  /** For providers whose statement files a person may bring by hand. */
  readonly statementFiles?: StatementFileReader
}

/** What stands before a statement's number in the key of the message that told of it. */
export const STATEMENT_KEY = 'statement:'

/** Reads a statement file that a person brought. What it cannot read it names, with the file's own columns. */
export type StatementFileReader = {
  /** What a person may say a column of the file is. */
  readonly fields: readonly string[]
  read(file: Pick<StatementFile, 'method' | 'bytes' | 'mapping'>): StatementFileRead
  /** The message that the provider itself would have sent, so that both ways lead to the same books once. */
  message(file: StatementFile, saidAt: string): RawMessage
}
export type StatementFile = {
  /** A statement is of one method. */
  readonly method: string
  readonly statementNumber: string
  readonly closingOn: BusinessDate
  readonly payOn: BusinessDate
  readonly bytes: Uint8Array
  readonly mapping: Readonly<Record<string, string>>
}
export type StatementFileRead =
  | { readonly ok: true; readonly lines: readonly StatementLine[]; readonly unknownColumns: readonly string[] }
  | {
      readonly ok: false
      readonly problems: ReadonlyArray<{ readonly line: number; readonly column: string; readonly problem: string }>
      /** Columns whose meaning nobody knows. */
      readonly columns: readonly string[]
    }

/** For providers that send notices: reads and answers them in the provider's own words. */
export type NoticeReader = {
  read(connection: Connection, body: Uint8Array): NoticeRead
  accept(functionId: string): NoticeReply
  refuse(reason: string): NoticeReply
}
export type NoticeRead =
  | {
      readonly kind: 'notice'
      readonly functionId: string
      readonly uniqueKey: string
      readonly providerId: string
      /** As the provider writes it. */ readonly requestDate: string
    }
  | { readonly kind: 'refused'; readonly reason: string }
export type NoticeReply = { readonly accepted: boolean; readonly contentType: string; readonly body: Uint8Array }

export type KnownStatements = {
  readonly closedFrom: BusinessDate | null
  readonly closed: ReadonlySet<string>
  readonly paid: ReadonlySet<string>
}

export type ProviderRegistry = Readonly<Record<string, ProviderAdapter>>

/** The provider could not be asked; nothing was lost, the next round asks again. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable'
}

/** The tables as Kysely sees them; column names are camel-cased by the client. Amounts in yen. */
import type { MailSettingTable, OutgoingMailTable } from './tables/mail.ts'
import type { Language } from '@choba/shared/labels/labels.ts'
import type { TextTemplateKind } from '@choba/shared/text-templates.ts'
import type { OperationState } from '@choba/shared/contracts/operations.ts'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { CalendarScope } from '@choba/shared/calendar.ts'
import type { WebhookDeliveryTable, WebhookTable } from './tables/webhooks.ts'
import type { ApiKeyTable } from './tables/api-keys.ts'
import type { InvoicePrintBatchTable, InvoicePrintTable } from './tables/invoice-prints.ts'
import type { ContractTermTable } from './tables/contract-term.ts'
import type { CustomerErasureTable, PrivacySettingTable } from './tables/privacy.ts'
import type { CustomerTable, OrderNumberingTable } from './tables/customers.ts'
import type { ExportChunkTable, ExportDownloadTable, ExportRunTable, ExportScheduleTable } from './tables/exports.ts'
import type {
  CarrierMappingTable,
  CarrierPermitTable,
  ImportMappingTable,
  ImportRowTable,
  ImportRunTable,
} from './tables/imports.ts'
import type {
  CustomRoleTable,
  InvitationTable,
  MemberTable,
  MerchantSecurityTable,
  OidcIssuerTable,
} from './tables/people.ts'
import type { PaymentTagTable, TagTable } from './tables/tags.ts'
import type { NotificationRuleTable, NotificationSeenTable, NotificationTable } from './tables/notifications.ts'
import type { NoteMentionTable, PaymentAssigneeTable, PaymentNoteTable } from './tables/notes.ts'
import type { PaymentLinkEventTable, PaymentLinkTable } from './tables/payment-links.ts'
import type { ConnectionPollTable, MessageTemplateTable, RescueAsideTable } from './tables/rescue.ts'
import type { NpPostpaidTable, ProviderReferenceTable, ScreeningTable } from './tables/np-postpaid.ts'
import type { ConvenienceStoreSlipTable } from './tables/slips.ts'
import type {
  SubscriptionAttemptTable,
  SubscriptionCycleTable,
  SubscriptionEventTable,
  SubscriptionTable,
} from './tables/subscriptions.ts'
import type { CustomerReturnTable } from './tables/customer-returns.ts'
import type { SavedViewDefaultTable, SavedViewTable } from './tables/views.ts'
import type { ZombieView } from './tables/zombies.ts'
import type { StatementFeeTable, StatementLineTable, StatementTable } from './tables/statements.ts'

type Json<T> = ColumnType<T, string, string>
type Bytes = ColumnType<Buffer, Buffer | Uint8Array, Buffer | Uint8Array>
/** A day: read and written as `YYYY-MM-DD`. */
type Day = string

export interface Database {
  merchant: {
    merchantId: string
    name: string
    environment: 'live' | 'sandbox'
    createdAt: Generated<Date>
    isDemo: Generated<boolean>
  }
  installation: { setupCodeHash: Buffer | null; setupCodeExpiresAt: Date | null; demoRemovedAt: Date | null }
  safetySetting: {
    merchantId: string
    secondPersonFromYen: number | null
    holdSeconds: number
    holdActions: string[]
  }
  reasonSetting: { merchantId: string; reasons: Json<unknown>; required: string[] }
  refundCeiling: { merchantId: string; role: string; ceilingYen: number }
  accountMapping: {
    merchantId: string
    account: string
    validFrom: Day
    code: string
    name: string
    subAccount: string
    taxName: string
  }
  calendarDay: {
    merchantId: string
    scope: CalendarScope
    day: Day
    closed: boolean
    name: string
    source: 'own' | 'file'
  }
  mailSetting: MailSettingTable
  outgoingMail: OutgoingMailTable
  setupGuide: { merchantId: string; methods: string[]; skipped: string[]; isFinished: boolean }
  shop: { merchantId: string; shopId: string; code: string; name: string }
  connection: ConnectionTable
  payment: PaymentTable
  savedView: SavedViewTable
  savedViewDefault: SavedViewDefaultTable
  tag: TagTable
  textTemplate: {
    merchantId: string
    kind: TextTemplateKind
    language: Language
    subject: string
    body: string
    changedAt: Date
  }
  paymentTag: PaymentTagTable
  paymentNote: PaymentNoteTable
  noteMention: NoteMentionTable
  notification: NotificationTable
  notificationRule: NotificationRuleTable
  notificationSeen: NotificationSeenTable
  paymentAssignee: PaymentAssigneeTable
  orderDetail: {
    merchantId: string
    paymentId: string
    customer: Json<unknown>
    delivery: ColumnType<unknown, string | null, string | null>
    goods: Json<unknown>
  }
  invoicePrintBatch: InvoicePrintBatchTable
  invoicePrint: InvoicePrintTable
  npPostpaid: NpPostpaidTable
  convenienceStoreSlip: ConvenienceStoreSlipTable
  subscription: SubscriptionTable
  subscriptionCycle: SubscriptionCycleTable
  subscriptionAttempt: SubscriptionAttemptTable
  subscriptionEvent: SubscriptionEventTable
  zombie: ZombieView
  customerReturn: CustomerReturnTable
  rescueAside: RescueAsideTable
  paymentLink: PaymentLinkTable
  paymentLinkEvent: PaymentLinkEventTable
  messageTemplate: MessageTemplateTable
  connectionPoll: ConnectionPollTable
  screening: ScreeningTable
  providerReference: ProviderReferenceTable
  customer: CustomerTable
  orderNumbering: OrderNumberingTable
  exportRun: ExportRunTable
  exportSchedule: ExportScheduleTable
  exportChunk: ExportChunkTable
  exportDownload: ExportDownloadTable
  importRun: ImportRunTable
  importRow: ImportRowTable
  importMapping: ImportMappingTable
  carrierMapping: CarrierMappingTable
  carrierPermit: CarrierPermitTable
  chainHead: { merchantId: string; position: number; hash: Bytes }
  paymentEvent: PaymentEventTable
  journalEntry: JournalEntryTable
  posting: {
    merchantId: string
    entryId: string
    line: number
    account: string
    subAccount: string | null
    taxClass: string | null
    amountYen: number
  }
  rollupDelta: RollupTable & { deltaId: GeneratedAlways<number> }
  rollupDay: RollupTable
  rollupMonth: RollupTable
  operation: OperationTable
  providerMessage: ProviderMessageTable
  contractTerm: ContractTermTable
  statement: StatementTable
  statementLine: StatementLineTable
  statementFee: StatementFeeTable
  member: MemberTable
  customRole: CustomRoleTable
  invitation: InvitationTable
  merchantSecurity: MerchantSecurityTable
  oidcIssuer: OidcIssuerTable
  privacySetting: PrivacySettingTable
  customerErasure: CustomerErasureTable
  preference: { merchantId: string; userId: string; key: string; value: Json<unknown>; updatedAt: Generated<Date> }
  auditLog: AuditLogTable
  auditSeal: { merchantId: string; position: number; auditId: string; hash: Buffer }
  apiKey: ApiKeyTable
  webhook: WebhookTable
  webhookDelivery: WebhookDeliveryTable
}

export interface ConnectionTable {
  merchantId: string
  connectionId: string
  shopId: string
  provider: string
  connectionMethod: string
  methods: string[]
  baseUrl: string
  settings: Json<Record<string, unknown>>
  /** Encrypted with the key of CHOBA_SECRET; see core/secret-box.ts. */
  secretBox: string
  validFrom: Day
}

/** The current state of a payment: a projection of its events, written only by ledger/record.ts. */
export interface PaymentTable {
  merchantId: string
  paymentId: string
  shopId: string
  orderedAt: Date
  updatedAt: Generated<Date>
  amountYen: number
  capturedYen: Generated<number>
  refundedYen: Generated<number>
  feeYen: Generated<number>
  netYen: GeneratedAlways<number>
  orderedOn: Day
  capturedOn: Day | null
  paidOutOn: Day | null
  nextOn: Day | null
  version: number
  orderBranch: Generated<number>
  method: string
  status: string
  site: string
  billingMethod: string
  connectionMethod: string
  nextKind: string | null
  /** The kind of the operation that has not ended yet; maintained with the operation itself. */
  inFlight: string | null
  connectionId: string
  orderNumber: string
  providerId: string | null
  transactionId: string | null
  slipNumber: string | null
  reasons: string[]
  customerName: string
  customerKana: string
  phone: string
  email: string
  state: Json<unknown>
  nameKey: GeneratedAlways<string>
  phoneDigits: GeneratedAlways<string>
  customerId: GeneratedAlways<string>
}

/** Append-only: a trigger refuses update and delete. */
export interface PaymentEventTable {
  merchantId: string
  paymentId: string
  /** 1, 2, 3 … within the payment. */
  sequence: number
  /** 1, 2, 3 … within the merchant: the order of the hash chain. */
  position: number
  type: string
  at: Date
  recordedAt: Generated<Date>
  actorKind: string
  actorId: string | null
  messageId: string | null
  operationId: string | null
  data: Json<Record<string, unknown>>
  hash: Bytes
}

export interface JournalEntryTable {
  merchantId: string
  entryId: string
  /** Of a payment's event, or of a statement's line: one of the two. */
  paymentId: string | null
  statementId: string | null
  sequence: number
  kind: string
  bookedOn: Day
  reverses: string | null
  recordedAt: Generated<Date>
}

export interface RollupTable {
  merchantId: string
  dateKind: string
  day: Day
  shopId: string
  method: string
  status: string
  site: string
  billingMethod: string
  connectionMethod: string
  payments: number
  amountYen: number
  capturedYen: number
  refundedYen: number
  feeYen: number
}

export interface OperationTable {
  merchantId: string
  operationId: string
  paymentId: string
  connectionId: string
  kind: string
  state: OperationState
  idempotencyKey: string
  requestHash: string
  request: Json<Record<string, unknown>>
  amountYen: number | null
  reason: string | null
  codes: Generated<string[]>
  /** What multi-step provider work has reached, so that it resumes there after a crash. */
  progress: ColumnType<Record<string, unknown>, string | undefined, string>
  actorKind: string
  actorId: string | null
  /** When a held one is sent. */
  sentAt: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** The second person, or whoever took it back. */
  decidedBy: ColumnType<string | null, string | null | undefined, string | null>
  decidedReason: ColumnType<string | null, string | null | undefined, string | null>
  attempts: Generated<number>
  requestedAt: Generated<Date>
  startedAt: Date | null
  endedAt: Date | null
}

export interface ProviderMessageTable {
  merchantId: string
  messageId: string
  connectionId: string
  provider: string
  kind: string
  direction: 'inbound' | 'outbound'
  uniqueKey: string
  providerId: string | null
  paymentId: string | null
  operationId: string | null
  state: 'received' | 'applied' | 'waiting' | 'ignored'
  reason: string | null
  attempts: Generated<number>
  contentType: string
  body: Bytes
  /** What the bytes alone do not say, e.g. the closing date of a statement file. */
  context: ColumnType<Record<string, unknown>, string | undefined, string>
  /** The provider's clock when it said so. */
  saidAt: Date
  receivedAt: Generated<Date>
  appliedAt: Date | null
}

export interface AuditLogTable {
  merchantId: string
  auditId: string
  at: Generated<Date>
  actorKind: string
  actorId: string | null
  action: string
  subjectKind: string
  subjectId: string
  before: ColumnType<unknown, string | null, never>
  after: ColumnType<unknown, string | null, never>
  reason: string | null
  /** From where: null in what a job does, and in rows from before it was kept. */
  ip: string | null
  userAgent: string | null
  requestId: string | null
}

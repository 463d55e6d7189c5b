import type { OperationRow } from '@choba/shared/contracts/operations.ts'
import type { PaymentDetail, TimelineItem } from '@choba/shared/contracts/payments.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { may } from '@choba/shared/permissions.ts'
import { actionsOf, paymentCan } from '@choba/shared/states/payment.ts'
import { termIn } from '@choba/shared/terms.ts'
import { readableMessage } from '../../core/mask-message.ts'
import { AppError } from '../../core/app-error.ts'
import { isUuid } from '../../core/uuid.ts'
import type { Session } from '../../core/session.ts'
import { loadCalendar } from '../../db/calendar.ts'
import { listNames } from '../../db/people.ts'
import { listTerms } from '../../db/terms.ts'
import { payerCalendar } from '../../domain/calendar.ts'
import { actionFacts } from '../../domain/payment/payment.ts'
import { moneyPath } from './money-path.ts'
import {
  findPayment,
  listEntries,
  listEvents,
  listMessages,
  listOperations,
  listRelated,
  listStatementIds,
  type TimelineRecord,
} from './payment-detail.queries.ts'
import { type PaymentRecord, toPaymentRow } from './payments.queries.ts'
import type { PaymentDeps } from './payments.service.ts'

/** @throws AppError resource.not_found */
export async function getPayment(
  { db, providerClocks }: PaymentDeps,
  session: Session,
  paymentId: string,
): Promise<PaymentDetail> {
  const key = { merchantId: session.merchantId, paymentId }
  const reader = db.merchant(session.merchantId)
  const found = isUuid(paymentId) ? await findPayment(reader, key) : undefined
  if (found === undefined) throw new AppError('resource.not_found', { id: paymentId })
  const { email, phoneDigits, state, customer, delivery, goods, ...record } = found
  const [events, operations, messages, entries, related, statementIds, terms, calendar] = await Promise.all([
    listEvents(reader, key),
    listOperations(reader, key),
    listMessages(reader, key),
    may(session, 'journal.read') ? listEntries(reader, key) : [],
    listRelated(reader, {
      ...key,
      shopId: record.shopId,
      orderNumber: record.orderNumber,
      customerName: record.customerName,
      phoneDigits,
    }),
    listStatementIds(reader, key),
    listTerms(reader, session.merchantId, { shopId: record.shopId, method: record.method }),
    loadCalendar(reader, session.merchantId),
  ])
  const names = await listNames(db, session.merchantId, peopleIn(events, operations))
  // Deadlines are the provider's, so its day decides what may still be done.
  const who = { permissions: session.permissions, today: dayOf(providerClocks.now(state.books.connectionId)) }
  const { shopId, method } = record
  const returns = termIn(terms, 'after_payout', { shopId, method, on: who.today })?.cancel
  const facts = actionFacts(state, record.inFlight, undefined, returns)

  return {
    payment: toPaymentRow(record as unknown as PaymentRecord), // text columns whose words the ledger alone writes
    customer: {
      name: record.customerName,
      kana: record.customerKana,
      phone: record.phone,
      email,
      ...textsOf(customer, ['zip', 'address', 'company']),
    },
    delivery:
      delivery === null || delivery === undefined
        ? null
        : textsOf(delivery, ['name', 'kana', 'zip', 'address', 'phone', 'company']),
    goods: (goods ?? []) as PaymentDetail['goods'],
    taxes: [...state.books.taxes],
    state: {
      ...state.facts,
      statements: state.books.statements.map((part) => ({
        ...part,
        statementId: statementIds.get(part.statementNumber) ?? null,
      })),
    },
    moneyPath: moneyPath({
      state,
      events: events.map((event) => event.dated),
      terms,
      calendar: payerCalendar(calendar, record.method),
    }),
    timeline: events.map((event) => timelineItem(event, names)),
    operations: operations.map(({ operationId, actorId, requestedAt, endedAt, ...operation }) => ({
      ...operation,
      id: operationId,
      kind: operation.kind as OperationRow['kind'],
      requestedBy: names.get(actorId ?? '') ?? actorId ?? '',
      requestedAt: requestedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    })),
    messages: messages.map(({ messageId, receivedAt, contentType, body, ...message }) => ({
      ...message,
      id: messageId,
      receivedAt: receivedAt.toISOString(),
      body: readableMessage(body, contentType),
    })),
    entries: [...entries],
    related,
    actions: actionsOf(record.method).map((action) => ({ action, verdict: paymentCan(action, facts, who) })),
  }
}

function peopleIn(
  events: readonly TimelineRecord[],
  operations: ReadonlyArray<{ readonly actorId: string | null }>,
): string[] {
  const persons = events.filter((event) => event.actorKind === 'person' || event.actorKind === 'key')
  return [...new Set([...persons, ...operations].flatMap(({ actorId }) => (actorId === null ? [] : [actorId])))]
}

function timelineItem(
  { sequence, actorKind, actorId, dated }: TimelineRecord,
  names: ReadonlyMap<string, string>,
): TimelineItem {
  const { type, ...data } = dated.event
  return { sequence, type, at: dated.at, actor: { kind: actorKind, name: names.get(actorId ?? '') ?? null }, data }
}

/** Fields of a sheet that may lack some; what is no text is taken for not given. */
function textsOf<const K extends string>(sheet: unknown, fields: readonly K[]): Record<K, string> {
  const given = (sheet ?? {}) as Readonly<Record<string, unknown>>
  const texts = fields.map((field) => [field, typeof given[field] === 'string' ? given[field] : ''] as const)
  return Object.fromEntries(texts) as Record<K, string>
}

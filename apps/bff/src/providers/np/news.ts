/** NP's answers as news of a payment, and the part of an answer that speaks of one payment. */
import type { NpPaymentState, NpScreening } from '@choba/wire/np/messages.ts'
import type { DatedNews } from '../../domain/payment/news.ts'

export function screeningNews(screening: NpScreening, at: string): DatedNews {
  const { outcome } = screening
  const reasons =
    outcome.result === 'on_hold' ? outcome.holdReasons : outcome.result === 'rejected' ? [outcome.ngReason] : []
  return {
    at: screening.decidedAt?.toISOString() ?? at,
    news: { kind: 'screening', providerId: screening.npTransactionId, result: outcome.result, reasons },
  }
}

/** Fields beyond payment_status are assumed and may be absent; what is absent says nothing. */
export function statusNews(state: NpPaymentState, at: string): DatedNews {
  const invoice =
    state.billIssuedOn && state.billDueOn
      ? {
          issuedOn: state.billIssuedOn,
          dueOn: state.billDueOn,
          inquiryNumber: state.billInquiryNumber ?? '',
          reissue: state.billReissueCount ?? 0,
          ...(state.billDelivery !== undefined && { delivery: state.billDelivery }),
        }
      : null
  return {
    at,
    news: {
      kind: 'np_status',
      providerId: state.npTransactionId,
      state: state.transactionStatus ?? 'active',
      invoice,
      reminders:
        state.reminderCount && state.lastRemindedOn
          ? { count: state.reminderCount, lastOn: state.lastRemindedOn }
          : null,
      paid:
        state.paid && state.customerPaidOn
          ? { on: state.customerPaidOn, place: state.paymentPlace ?? null, store: state.paymentStore ?? null }
          : null,
      arrivalOn: state.arrivalConfirmedOn ?? null,
      ...(state.disputed !== undefined && { disputed: state.disputed }),
    },
  }
}

type Row = Record<string, unknown>

/** The rows of an answer, as NP wrote them. */
export function resultRows(body: Uint8Array): Row[] {
  const message = JSON.parse(new TextDecoder().decode(body)) as { results?: Row[] }
  return message.results ?? []
}

const KEYS = ['shop_transaction_id', 'np_transaction_id', 'base_np_transaction_id'] as const

/** An answer about a thousand payments is kept in pieces: each holds the row of one, in the shape of a whole answer. */
export function fragment(body: Uint8Array, key: string, codes: readonly string[] | null): Uint8Array {
  if (codes !== null) return new TextEncoder().encode(JSON.stringify({ errors: [{ id: key, codes }] }))
  const row = resultRows(body).find((each) => KEYS.some((name) => each[name] === key))
  return new TextEncoder().encode(JSON.stringify({ results: row === undefined ? [] : [row] }))
}

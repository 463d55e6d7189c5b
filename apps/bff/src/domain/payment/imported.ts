/**
 * A past sale that a file told of (ADR 0028): whatever its method, it has an end, and no provider is asked about it. Only a
 * statement may still name it, which is the same for every method.
 */
import type { PaymentStatus } from '@choba/shared/states/payment.ts'
import type { Books } from './books.ts'
import type { Imported, PaymentEvent } from './events.ts'
import { type MethodDomain, refuse } from './method.ts'

export type ImportedFacts = {
  readonly providerId: string | null
  readonly slipNumber: string | null
  readonly ended: Extract<PaymentStatus, 'cancelled' | 'expired' | 'rejected' | 'undone'> | null
}

const INITIAL: ImportedFacts = { providerId: null, slipNumber: null, ended: null }

export const imported: MethodDomain<ImportedFacts> = {
  initial: INITIAL,

  open({ imported: { providerId, slipNumber } = NOWHERE }) {
    return { ...INITIAL, providerId, slipNumber }
  },

  evolve(facts, event) {
    switch (event.type) {
      case 'cancelled':
        return { ...facts, ended: 'cancelled' }
      case 'approval_expired':
      case 'slip_expired':
        return { ...facts, ended: 'expired' }
      case 'registration_refused':
        return { ...facts, ended: 'rejected' }
      case 'import_undone':
        return event.of === 'registered' ? { ...facts, ended: 'undone' } : facts
      default:
        return facts
    }
  },

  decide() {
    return refuse('payment.imported')
  },

  standing({ books, facts }) {
    return {
      status: facts.ended ?? (books.capturedYen > 0 ? 'captured' : 'registered'),
      // What is undone is no longer the provider's transaction: another import may bring it in.
      providerId: facts.ended === 'undone' ? null : facts.providerId,
      transactionId: null,
      slipNumber: facts.slipNumber,
      reasons: [],
      next: null,
      shippedOn: books.capturedOn,
      customerPaid: true,
      creditHeld: false,
      captureUntil: null,
      refundUntil: null,
    }
  },
}

const NOWHERE: Imported = { runId: '', events: 0, providerId: null, slipNumber: null }

export function isImported({ imported: origin }: Pick<Books, 'imported'>): boolean {
  return origin !== undefined
}

/** Whether nothing has happened to it since the file brought it in. */
export function isAsImported({ imported: origin }: Pick<Books, 'imported'>, version: number): boolean {
  return origin?.events === version
}

/** What takes it back: each of its events, the last first. */
export function undoEvents(events: ReadonlyArray<{ readonly on: string; readonly event: PaymentEvent }>): Undone[] {
  return events.toReversed().flatMap(({ on, event }): Undone[] => {
    switch (event.type) {
      case 'registered':
      case 'captured':
      case 'refunded':
        return [undone(event.type, on, event.amountYen)]
      case 'paid_out':
        return [undone('paid_out', event.paidOn, event.amountYen)]
      case 'settled':
        return [{ ...undone('settled', event.closingOn, event.grossYen), fees: event.fees }]
      default:
        return []
    }
  })
}

type Undone = Extract<PaymentEvent, { type: 'import_undone' }>

function undone(of: Undone['of'], on: string, amountYen: Undone['amountYen']): Undone {
  return { type: 'import_undone', of, on: on as Undone['on'], amountYen } // a day cut from an instant, or one of an event
}

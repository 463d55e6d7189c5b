/** A provider whose every answer a test writes. It counts what it was asked, so that a test can see what was not. */
import type { OperationItem, OpenPayment, Outcome, ProviderAdapter, RawMessage } from '../providers/port.ts'

export type Asked = { readonly call: 'execute' | 'inquire'; readonly kind: string; readonly operationId: string }

export type ScriptedProvider = ProviderAdapter & {
  readonly asked: Asked[]
  /** What the next calls answer; a function may look at the item. */
  execution: (item: OperationItem) => Outcome
  inquiry: (item: OperationItem) => Outcome
  polled: (open: readonly OpenPayment[]) => readonly RawMessage[]
}

export const AT = '2026-11-20T03:00:00.000Z'

export function scriptedProvider(): ScriptedProvider {
  const provider: ScriptedProvider = {
    asked: [],
    execution: (item) => approved(item),
    inquiry: () => ({ kind: 'unknown', cause: 'not scripted' }),
    polled: () => [],
    execute: (_, items) => Promise.resolve(answer('execute', items)),
    inquire: (_, items) => Promise.resolve(answer('inquire', items)),
    poll: (_, open) => Promise.resolve(provider.polled(open)),
    interpret: (_, message) =>
      JSON.parse(new TextDecoder().decode(message.body)) as ReturnType<ProviderAdapter['interpret']>,
  }
  function answer(call: Asked['call'], items: readonly OperationItem[]): Map<string, Outcome> {
    provider.asked.push(...items.map(({ kind, operationId }) => ({ call, kind, operationId })))
    return new Map(
      items.map((item) => [item.operationId, call === 'execute' ? provider.execution(item) : provider.inquiry(item)]),
    )
  }
  return provider
}

/** Registers anything, captures and cancels what is asked. */
export function approved(item: OperationItem): Outcome {
  const providerId = `P-${item.payment.orderNumber}`
  switch (item.kind) {
    case 'register':
      return done({ at: AT, news: { kind: 'authorized', providerId, transactionId: null, brand: 'V' } })
    case 'capture':
      return done({
        at: AT,
        news: { kind: 'captured', amountYen: (item.amountYen ?? item.payment.amountYen) as never },
      })
    case 'cancel':
      return done({ at: AT, news: { kind: 'cancelled', by: 'merchant' } })
    case 'refund':
      return done({
        at: AT,
        news: { kind: 'refunded', totalYen: (item.payment.refundedYen + (item.amountYen ?? 0)) as never },
      })
    default:
      return { kind: 'refused', codes: ['not scripted'], news: [], messages: [] }
  }
}

function done(...news: Extract<Outcome, { kind: 'done' }>['news']): Outcome {
  return { kind: 'done', news, messages: [] }
}

/** A message whose bytes are the reading itself. */
export function messageOf(
  reading: ReturnType<ProviderAdapter['interpret']>,
  uniqueKey: string,
  providerId: string | null = null,
): RawMessage {
  return {
    kind: 'scripted',
    uniqueKey,
    providerId,
    contentType: 'application/json',
    body: new TextEncoder().encode(JSON.stringify(reading)),
    saidAt: AT,
  }
}

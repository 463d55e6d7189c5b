/** Operations at Net Protections: up to 1,000 of a kind in one call, row results, and what each row came to. */
import { chunkForCalls } from '@choba/wire/np/limits.ts'
import type { Connection } from '../../core/connection.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import type { OnStep, OperationItem, OperationKind, Outcome, RawMessage } from '../port.ts'
import { askNp, type NpReply } from './client.ts'
import { fragment } from './news.ts'
import {
  cancel,
  changeAmount,
  correct,
  erased,
  type Procedure,
  register,
  registerAgain,
  reportShipment,
  withdraw,
} from './procedures.ts'

type AnyProcedure = Procedure<unknown>

const BY_KIND: { readonly [K in OperationKind]?: AnyProcedure } = {
  register: erased(register),
  correct: erased(correct),
  change_amount: erased(changeAmount),
  cancel: erased(cancel),
  // A return after the replacement payment is a cancel too; NP takes it off a later statement.
  refund: erased(cancel),
  report_shipment: erased(reportShipment),
  reregister: erased(register),
}

export async function executeNp(
  connection: Connection,
  items: readonly OperationItem[],
  onStep: OnStep,
): Promise<Map<string, Outcome>> {
  const reductions = items.filter(isReduction)
  const outcomes = await reduce(connection, reductions, onStep)
  const others = items.filter((item) => !isReduction(item))
  await releaseLimits(connection, others)
  for (const [procedure, ofProcedure] of Map.groupBy(others, (item) => BY_KIND[item.kind])) {
    if (procedure === undefined) {
      for (const item of ofProcedure)
        outcomes.set(item.operationId, { kind: 'refused', codes: ['operation.not_supported'], news: [], messages: [] })
    } else await perform(connection, procedure, ofProcedure, (id, outcome) => outcomes.set(id, outcome))
  }
  return outcomes
}

/** A smaller amount after shipment, or a claim that was withdrawn for one. */
export function isReduction(item: OperationItem): boolean {
  if (item.kind === 'reregister') return item.payment.withdrawn !== null
  return item.kind === 'change_amount' && item.payment.shipped
}

/** Cancel, then register again: each row's first half is written down before its second half is asked for. */
async function reduce(
  connection: Connection,
  items: readonly OperationItem[],
  onStep: OnStep,
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>()
  const ready = items.filter((item) => item.payment.withdrawn !== null)
  const standing = items.filter((item) => item.payment.withdrawn === null)
  await perform(connection, erased(withdraw), standing, async (id, outcome) => {
    const item = standing.find((each) => each.operationId === id)
    if (item === undefined || outcome.kind !== 'done') return outcomes.set(id, outcome)
    const messages = outcome.messages.map((message) => ({ ...message, uniqueKey: `${message.uniqueKey}:withdraw` }))
    await onStep(id, { withdrawn: true }, messages, outcome.news)
    return ready.push(item)
  })
  await perform(connection, erased(registerAgain), ready, (id, outcome) => outcomes.set(id, outcome))
  return outcomes
}

/** A rejection of what was approved or held before may still hold the limit; whether the cancel finds anything decides nothing. */
async function releaseLimits(connection: Connection, items: readonly OperationItem[]): Promise<void> {
  const held = items.filter(
    ({ kind, payment }) => kind === 'reregister' && payment.status === 'rejected' && payment.creditHeld,
  )
  for (const chunk of chunkForCalls(held)) await askNp(connection, cancel.call(chunk), cancel.decode)
}

async function perform(
  connection: Connection,
  procedure: AnyProcedure,
  items: readonly OperationItem[],
  tell: (operationId: string, outcome: Outcome) => unknown,
): Promise<void> {
  for (const chunk of chunkForCalls(items)) {
    const reply = await askNp(connection, procedure.call(chunk), procedure.decode)
    for (const item of chunk) await tell(item.operationId, outcomeOf(procedure, item, reply))
  }
}

function outcomeOf(procedure: AnyProcedure, item: OperationItem, reply: NpReply<unknown>): Outcome {
  if (reply.kind === 'refused')
    return { kind: 'refused', codes: reply.codes, news: dropped(item, reply.at), messages: [] }
  if (reply.kind !== 'answered') return reply
  const key = procedure.key(item)
  const result = reply.results.find((each) => procedure.keyOf(each) === key)
  if (result !== undefined) {
    return {
      kind: 'done',
      news: procedure.news(item, result, reply.at),
      messages: [answerMessage(item, reply, key, null)],
    }
  }
  const error = reply.errors.find((each) => each.id === key) ?? reply.errors.find((each) => each.id === undefined)
  if (error === undefined) return { kind: 'unknown', cause: 'the answer does not name this row' }
  // The new claim stands under an id we have not heard: an inquiry finds it.
  if (procedure.keyOf === erased(registerAgain).keyOf && error.codes.includes(ALREADY_REGISTERED_AGAIN))
    return { kind: 'unknown', cause: 'registered again already' }
  const messages = [answerMessage(item, reply, key, error.codes)]
  if (procedure.standing && error.codes.includes(procedure.standing.code))
    return { kind: 'done', news: procedure.standing.news(item, reply.at), messages }
  return { kind: 'refused', codes: error.codes, news: procedure.refusedNews?.(error.codes, reply.at) ?? [], messages }
}

const ALREADY_REGISTERED_AGAIN = 'E0131006'

/** A whole call that was refused (bad credentials …): nothing was cancelled, the old claim stands. */
function dropped(item: OperationItem, at: string): DatedNews[] {
  const begun = isReduction(item) && item.payment.withdrawn === null
  return begun ? [{ at, news: { kind: 'reduction_dropped' } }] : []
}

function answerMessage(
  item: OperationItem,
  reply: Extract<NpReply<unknown>, { kind: 'answered' }>,
  key: string,
  codes: readonly string[] | null,
): RawMessage {
  return {
    kind: `np_answer_${item.kind}`,
    uniqueKey: `answer:${item.operationId}`,
    providerId: item.payment.providerId,
    contentType: reply.contentType,
    body: fragment(reply.body, key, codes),
    saidAt: reply.at,
  }
}

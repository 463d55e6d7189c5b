/** Print data of invoices in the parcel (wiz), a batch in one call. Nothing changes at NP, so it is safe to ask again. */
import { encodeReferences } from '@choba/wire/np/encode-requests.ts'
import { chunkForCalls } from '@choba/wire/np/limits.ts'
import { decodePrintData, type NpPrintData } from '@choba/wire/np/print-data.ts'
import type { Connection } from '../../core/connection.ts'
import type { PrintAnswer, PrintData } from '../print-data.ts'
import { askNp, type NpReply } from './client.ts'

export async function askNpPrintData(
  connection: Connection,
  providerIds: readonly string[],
): Promise<ReadonlyMap<string, PrintAnswer>> {
  const answers = new Map<string, PrintAnswer>()
  for (const ids of chunkForCalls(providerIds)) {
    const body = encodeReferences(ids.map((npTransactionId) => ({ npTransactionId })))
    const reply = await askNp(connection, { method: 'POST', path: '/v1/invoices/print', body }, decodePrintData)
    for (const id of ids) answers.set(id, answerFor(id, reply))
  }
  return answers
}

function answerFor(id: string, reply: NpReply<NpPrintData>): PrintAnswer {
  if (reply.kind === 'refused') return { kind: 'refused', codes: reply.codes }
  if (reply.kind !== 'answered') return { kind: 'unanswered', cause: reply.cause }
  const row = reply.results.find((each) => each.npTransactionId === id)
  if (row !== undefined) return { kind: 'data', data: dataOf(row) }
  // Without an id the error is about the whole call.
  const error = reply.errors.find((each) => each.id === id) ?? reply.errors.find((each) => each.id === undefined)
  return error === undefined
    ? { kind: 'unanswered', cause: 'the answer does not name this row' }
    : { kind: 'refused', codes: error.codes }
}

function dataOf(row: NpPrintData): PrintData {
  const { npTransactionId, billedAmountYen, issuedOn, dueOn, inquiryNumber, storePaymentNumber, bank } = row
  return {
    providerId: npTransactionId,
    amountYen: billedAmountYen,
    issuedOn,
    dueOn,
    inquiryNumber,
    storePaymentNumber: storePaymentNumber ?? null,
    bank,
  }
}

/** Printing invoices that travel in the parcel: the provider is asked, then what it said is kept as the page. */
import { createHash } from 'node:crypto'
import type { Output, Parsed } from '@choba/shared/contract.ts'
import { type invoicePrints, MOST_PRINTED, type PrintRefused } from '@choba/shared/contracts/invoice-prints.ts'
import { STORE_PAYMENT_MAX_YEN } from '@choba/shared/checks/np-limits.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Db } from '../../db/client.ts'
import { type ConnectionOpener, findConnection } from '../../db/connections.ts'
import { findOwnText } from '../../db/text-templates.ts'
import { missingCharacters } from '../../invoices/missing-characters.ts'
import { canonicalJson } from '../../ledger/canonical.ts'
import type { ProviderRegistry } from '../../providers/port.ts'
import type { PrintAnswer } from '../../providers/print-data.ts'
import { invoiceOf, isPrintable, type Printable, refusalOf, refused, textOf } from './candidates.ts'
import {
  type Batch,
  type Candidate,
  countReady,
  findBatch,
  insertBatch,
  insertPages,
  listCandidates,
  listPages,
  listPrintsOf,
  type Page,
} from './invoice-prints.queries.ts'

export type PrintDeps = ConnectionOpener & {
  readonly db: Db
  readonly clock: Clock
  readonly providers: ProviderRegistry
}

type Result = Output<typeof invoicePrints.print>

/** Which orders there can be a page for, and why not for the others; nothing is asked of the provider. */
export async function checkPrint(
  { db }: PrintDeps,
  { merchantId }: Session,
  which: Parsed<typeof invoicePrints.check>['body'],
): Promise<Output<typeof invoicePrints.check>> {
  const reader = db.merchant(merchantId)
  const candidates = await listCandidates(reader, merchantId, which, MOST_PRINTED)
  const printable = candidates.filter(isPrintable)
  const missing = missingCharacters(printable.map(textOf))
  return {
    printable: printable.map(({ paymentId }) => paymentId),
    refused: [...('paymentIds' in which ? unknown(which.paymentIds, candidates) : []), ...refusals(candidates)],
    printedBefore: printable.filter(({ printed }) => printed).map(({ paymentId }) => paymentId),
    bankOnly: printable.filter(({ amountYen }) => amountYen > STORE_PAYMENT_MAX_YEN).length,
    unprintable: printable.flatMap(({ paymentId, orderNumber }, index) => {
      const characters = missing[index] ?? []
      return characters.length === 0 ? [] : [{ paymentId, orderNumber, characters }]
    }),
    left: 'ready' in which ? (await countReady(reader, merchantId, which.ready)) - candidates.length : 0,
  }
}

/**
 * Each order gets its page or a reason. The same key answers what it came to before, without asking the provider again.
 * @throws AppError idempotency.conflict
 */
export async function printInvoices(
  deps: PrintDeps,
  session: Session,
  { idempotencyKey, paymentIds }: Parsed<typeof invoicePrints.print>['body'],
): Promise<Result> {
  const { merchantId } = session
  const db = deps.db.merchant(merchantId)
  const requestHash = createHash('sha256').update(canonicalJson(paymentIds)).digest('base64url')
  const earlier = await findBatch(db, merchantId, idempotencyKey)
  if (earlier !== undefined) return resultOf(deps, session, earlier, requestHash)

  const candidates = await listCandidates(db, merchantId, { paymentIds }, MOST_PRINTED)
  const printable = candidates.filter(isPrintable)
  const answers = await askProviders(deps, merchantId, printable)
  const text = await findOwnText(db, merchantId, 'bundled_invoice', 'ja')
  const outcomes = printable.map((candidate) => pageOf(candidate, answers.get(candidate.paymentId), text?.body))
  const pages = outcomes.flatMap((outcome) => ('document' in outcome ? [outcome] : []))
  const batch: Batch = {
    printId: uuidv7(),
    requestHash,
    refused: [
      ...unknown(paymentIds, candidates),
      ...refusals(candidates),
      ...outcomes.flatMap((outcome) => ('reason' in outcome ? [outcome] : [])),
    ],
  }
  const { printId } = batch
  const printedAt = deps.clock.now()
  const kept = await db.transaction().execute(async (tx) => {
    const printedBy = session.name === '' ? session.userId : session.name
    if (!(await insertBatch(tx, { ...batch, merchantId, idempotencyKey, printedBy, printedAt }))) return false
    await insertPages(
      tx,
      { merchantId, printId, printedAt },
      pages.map((page, index) => ({ ...page, page: index + 1 })),
    )
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'invoices.print',
      subject: { kind: 'invoice_print', id: printId },
      after: { pages: pages.length, refused: batch.refused.length, paymentIds: pages.map((page) => page.paymentId) },
    })
    return true
  })
  const first = kept ? batch : await findBatch(db, merchantId, idempotencyKey)
  return resultOf(deps, session, first ?? batch, requestHash)
}

/** @throws AppError resource.not_found */
export async function listPrints(
  { db }: PrintDeps,
  { merchantId }: Session,
  paymentId: string,
): Promise<Output<typeof invoicePrints.ofPayment>> {
  const prints = await listPrintsOf(db.merchant(merchantId), merchantId, paymentId)
  if (prints === undefined) throw new AppError('resource.not_found', { id: paymentId })
  return { prints }
}

async function resultOf(
  { db }: PrintDeps,
  { merchantId }: Session,
  batch: Batch,
  requestHash: string,
): Promise<Result> {
  if (batch.requestHash !== requestHash) throw new AppError('idempotency.conflict')
  const printed = await listPages(db.merchant(merchantId), merchantId, batch.printId)
  return { printId: printed.length === 0 ? null : batch.printId, printed, refused: [...batch.refused] }
}

/** One call for each connection; who cannot be asked answers nothing. */
async function askProviders(
  deps: PrintDeps,
  merchantId: string,
  printable: readonly Printable[],
): Promise<Map<string, PrintAnswer>> {
  const answers = new Map<string, PrintAnswer>()
  for (const [connectionId, candidates] of Map.groupBy(printable, (each) => each.connectionId)) {
    const connection = await findConnection(deps.db.merchant(merchantId), deps, merchantId, connectionId)
    const ask = connection && deps.providers[connection.provider]?.printData
    if (connection === undefined || ask === undefined) continue
    const said = await ask(
      connection,
      candidates.map(({ providerId }) => providerId),
    )
    for (const { paymentId, providerId } of candidates) {
      const answer = said.get(providerId)
      if (answer !== undefined) answers.set(paymentId, answer)
    }
  }
  return answers
}

function pageOf(
  candidate: Printable,
  answer: PrintAnswer | undefined,
  lead: string | undefined,
): Omit<Page, 'page'> | PrintRefused {
  if (answer === undefined) return refused(candidate, 'not_bundled')
  if (answer.kind === 'refused') return refused(candidate, 'refused', answer.codes)
  if (answer.kind === 'unanswered') return refused(candidate, 'unanswered')
  const { data } = answer
  if (data.amountYen !== candidate.amountYen) return refused(candidate, 'amount_differs')
  return {
    paymentId: candidate.paymentId,
    providerId: data.providerId,
    amountYen: data.amountYen,
    issuedOn: data.issuedOn,
    dueOn: data.dueOn,
    document: { ...invoiceOf(candidate, data), lead },
  }
}

function refusals(candidates: readonly Candidate[]): PrintRefused[] {
  return candidates.flatMap((candidate) => {
    const reason = refusalOf(candidate)
    return reason === null ? [] : [refused(candidate, reason)]
  })
}

function unknown(paymentIds: readonly string[], candidates: readonly Candidate[]): PrintRefused[] {
  const known = new Set(candidates.map(({ paymentId }) => paymentId))
  return paymentIds
    .filter((paymentId) => !known.has(paymentId))
    .map((paymentId) => ({ paymentId, orderNumber: null, reason: 'not_found', codes: [] }))
}

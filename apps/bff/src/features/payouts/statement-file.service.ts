/**
 * A statement file that a person brings, in case the provider's API does not. It is kept as the message the provider would
 * have sent, so both ways lead to the same books, once; before that it is compared with what was expected.
 */
import type { Output } from '@choba/shared/contract.ts'
import type { FilePreview, payouts, StatementFileInput } from '@choba/shared/contracts/payouts.ts'
import { METHODS } from '@choba/shared/methods.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Connection } from '../../core/connection.ts'
import type { Session } from '../../core/session.ts'
import { findConnection, listConnections } from '../../db/connections.ts'
import { enqueueApply } from '../../jobs/apply-messages.ts'
import { keepMessages } from '../../ledger/inbox.ts'
import type { StatementFile, StatementFileReader, StatementLine } from '../../providers/port.ts'
import { countFindings, fileLines, listCompared } from './compare.queries.ts'
import { findSameClosing, listHeldPayments, listLastMappings } from './statement-file.queries.ts'
import { listMissing } from './missing.queries.ts'
import type { PayoutDeps } from './payouts.service.ts'

const MOST_PROBLEMS = 50
const MOST_DIFFERENCES = 200

export async function listFileSources(
  deps: PayoutDeps,
  merchantId: string,
): Promise<Output<typeof payouts.fileSources>> {
  const db = deps.db.merchant(merchantId)
  const [connections, mappings] = await Promise.all([
    listConnections(db, deps, merchantId),
    listLastMappings(db, merchantId),
  ])
  const said = new Map(mappings.map(({ connectionId, method, mapping }) => [`${connectionId} ${method}`, mapping]))
  const items = connections.flatMap(({ connectionId, shopId, methods, provider }) => {
    const files = deps.providers[provider]?.statementFiles
    const stated = files === undefined ? [] : METHODS.filter((method) => methods.includes(method))
    return stated.map((method) => ({
      connectionId,
      shopId,
      method,
      fields: [...(files?.fields ?? [])],
      mapping: said.get(`${connectionId} ${method}`) ?? {},
    }))
  })
  return { items }
}

/** @throws AppError resource.not_found */
export async function previewFile(
  deps: PayoutDeps,
  { merchantId }: Session,
  input: StatementFileInput,
): Promise<FilePreview> {
  const { connection, reader, file } = await open(deps, merchantId, input)
  const read = reader.read(file)
  const db = deps.db.merchant(merchantId)
  const same = await findSameClosing(db, { merchantId, ...input, method: file.method })
  const isKnown = same.some((each) => each.statementNumber === input.statementNumber)
  const otherNumber = isKnown ? null : (same[0]?.statementNumber ?? null)
  if (!read.ok)
    return {
      ...UNREAD,
      known: isKnown,
      otherNumber,
      problems: read.problems.slice(0, MOST_PROBLEMS).map((each) => ({ ...each })),
      columns: [...read.columns],
    }

  const statementId = same.find((each) => each.statementNumber === input.statementNumber)?.statementId ?? null
  const source = fileLines({ merchantId, connectionId: connection.connectionId, statementId }, read.lines)
  const held = await listHeldPayments(db, source.lines)
  const { method } = file
  const from = { merchantId, connectionId: connection.connectionId, method, closingOn: input.closingOn, held }
  const [findings, differences, missing] = await Promise.all([
    countFindings(db, source),
    listCompared(db, source, { only: 'differences', after: 0, limit: MOST_DIFFERENCES }),
    listMissing(db, from),
  ])
  return {
    ...missing,
    problems: [],
    columns: [],
    unknownColumns: [...read.unknownColumns],
    known: isKnown,
    otherNumber,
    lines: read.lines.length,
    totals: totalsOf(read.lines),
    findings,
    differences,
  }
}

/**
 * Repeats change nothing: the same statement number of a connection is one statement, whichever way it came.
 * @throws AppError resource.not_found, statement.unreadable, statement.closing_taken
 */
export async function importFile(
  deps: PayoutDeps,
  session: Session,
  input: StatementFileInput,
): Promise<Output<typeof payouts.importFile>> {
  const { merchantId } = session
  const { connection, reader, file } = await open(deps, merchantId, input)
  const { connectionId } = connection
  const read = reader.read(file)
  if (!read.ok) throw new AppError('statement.unreadable', { problems: read.problems.slice(0, MOST_PROBLEMS) })
  const message = reader.message(file, deps.providerClocks.now(connectionId).toISOString())
  return deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const same = await findSameClosing(tx, { merchantId, ...input, method: file.method })
      if (same.some((each) => each.statementNumber === input.statementNumber)) return { result: 'already' }
      const [other] = same
      if (other !== undefined) throw new AppError('statement.closing_taken', { statementNumber: other.statementNumber })
      const kept = await keepMessages(tx, merchantId, [
        { ...message, connectionId, provider: connection.provider, direction: 'inbound', state: 'received' },
      ])
      if (kept.length === 0) return { result: 'already' }
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'statement.import',
        subject: { kind: 'statement', id: input.statementNumber },
        after: {
          connectionId,
          closingOn: input.closingOn,
          payOn: input.payOn,
          lines: read.lines.length,
          mapping: file.mapping,
          ...totalsOf(read.lines),
        },
      })
      await enqueueApply(tx, merchantId)
      return { result: 'taken' }
    })
}

const NONE = { count: 0, amountYen: 0 }
const NO_FINDINGS = { matched: 0, amount_differs: 0, fee_differs: 0, twice: 0, unknown: 0, own: 0 }
const NO_TOTALS = { count: 0, grossYen: 0, feeYen: 0, taxYen: 0, otherYen: 0, transferYen: 0 }
const UNREAD = {
  unknownColumns: [],
  lines: 0,
  totals: NO_TOTALS,
  findings: NO_FINDINGS,
  missing: { unexplained: NONE, arrival_not_confirmed: NONE, next_closing: NONE, disputed: NONE },
  differences: [],
  missingSales: [],
} satisfies Partial<FilePreview>

type Opened = { readonly connection: Connection; readonly reader: StatementFileReader; readonly file: StatementFile }

async function open(deps: PayoutDeps, merchantId: string, input: StatementFileInput): Promise<Opened> {
  const { connectionId, content, method: said, ...rest } = input
  const connection = await findConnection(deps.db.merchant(merchantId), deps, merchantId, connectionId)
  const reader = connection && deps.providers[connection.provider]?.statementFiles
  if (connection === undefined || reader === undefined) throw new AppError('resource.not_found', { id: connectionId })
  const method = said ?? connection.methods[0] ?? ''
  if (!connection.methods.includes(method)) throw new AppError('resource.not_found', { id: method })
  return { connection, reader, file: { ...rest, method, bytes: new Uint8Array(Buffer.from(content, 'base64')) } }
}

function totalsOf(lines: readonly StatementLine[]) {
  const sum = (of: (line: StatementLine) => number) => lines.reduce((total, line) => total + of(line), 0)
  const isOfSale = ({ kind }: StatementLine) => kind === 'sale' || kind === 'cancellation'
  return {
    count: lines.length,
    grossYen: sum((line) => (isOfSale(line) ? line.grossYen : 0)),
    feeYen: sum((line) => line.feeYen),
    taxYen: sum((line) => line.feeTaxYen),
    otherYen: sum((line) => (isOfSale(line) ? 0 : line.grossYen)),
    transferYen: sum((line) => line.transferYen),
  }
}

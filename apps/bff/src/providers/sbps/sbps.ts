/** The connector to SB Payment Service: API type, and the Link type's page. */
import { sbpsClass } from '@choba/shared/sbps-codes.ts'
import type { Connection } from '../../core/connection.ts'
import { inParallel } from '../http.ts'
import {
  type KnownStatements,
  type OnStep,
  type OperationItem,
  type Outcome,
  type ProviderAdapter,
  ProviderUnreachable,
  type RawMessage,
} from '../port.ts'
import { statementNews } from '../statement.ts'
import { executeCard, inquireCard } from './card.ts'
import { send } from './client.ts'
import { executeConvenienceStore, inquireConvenienceStore } from './convenience-store.ts'
import { interpretSbps } from './interpret.ts'
import { sbpsLink } from './link.ts'
import { sbpsNotices } from './notices.ts'
import { sbpsStatementFiles, sbpsStatements } from './statements.ts'

/** SBPS takes one operation a call; a few calls at once keep a batch short without crowding it. */
const AT_ONCE = 4

export const sbps: ProviderAdapter = {
  statementFiles: sbpsStatementFiles,
  execute: (connection, items, onStep) =>
    each(items, (item) =>
      ofMethod(
        item,
        () => executeCard(connection, item, onStep),
        () => executeConvenienceStore(connection, item),
      ),
    ),
  inquire: (connection, items, onStep: OnStep) =>
    each(items, (item) =>
      ofMethod(
        item,
        () => inquireCard(connection, item, onStep),
        () => inquireConvenienceStore(connection, item),
      ),
    ),
  poll: (connection, _, known) => pollStatements(connection, known),
  interpret: interpretSbps,
  notices: sbpsNotices,
  hostedPage: sbpsLink,
}

function ofMethod(
  item: OperationItem,
  card: () => Promise<Outcome>,
  convenienceStore: () => Promise<Outcome>,
): Promise<Outcome> {
  return item.payment.method === 'card' ? card() : convenienceStore()
}

async function each(
  items: readonly OperationItem[],
  run: (item: OperationItem) => Promise<Outcome>,
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>()
  await inParallel(items, AT_ONCE, async (item) => {
    outcomes.set(item.operationId, troubled(await run(item)))
  })
  return outcomes
}

/** Deposits and expiries come as notices; only statements are fetched. Their paths are not public: [assumed]. */
async function pollStatements(connection: Connection, known: KnownStatements): Promise<RawMessage[]> {
  const since = known.closedFrom === null ? '' : `?closed_from=${known.closedFrom}`
  const list = await get(connection, `/portal/statements${since}`)
  return statementNews(sbpsStatements, list, known, (number) =>
    get(connection, `/portal/statements/${encodeURIComponent(number)}.csv`),
  )
}

async function get(connection: Connection, path: string) {
  const answer = await send(connection, { method: 'GET', path })
  if (answer.kind !== 'answer') throw new ProviderUnreachable(answer.cause)
  if (answer.status !== 200) throw new ProviderUnreachable(`HTTP ${answer.status}`)
  return answer
}

/** A refusal that is no verdict: the codes of SBPS's own trouble, or the institution's (sbps-protocol 2.7, types 8x and 9x). */
function troubled(outcome: Outcome): Outcome {
  if (outcome.kind !== 'refused' || !outcome.codes.some((code) => sbpsClass(code) === 'provider')) return outcome
  return { kind: 'trouble', codes: outcome.codes, messages: outcome.messages }
}

/** What a file says before it is worked off: the words it uses, and what it comes to. */
import type { Output } from '@choba/shared/contract.ts'
import type { imports } from '@choba/shared/contracts/imports.ts'
import { headerKey } from '@choba/shared/imports/kinds.ts'
import { knownWord, WORD_FIELDS } from '@choba/shared/imports/words.ts'
import type { Session } from '../../core/session.ts'
import { countWords, sumTallies } from './facts.queries.ts'
import type { ImportDeps } from './import-kind.ts'
import { getImport } from './imports.service.ts'

/** A column with more different words is a column of something else. */
const MOST_WORDS = 60

/** @throws AppError resource.not_found */
export async function listWords(deps: ImportDeps, session: Session, id: string): Promise<Output<typeof imports.words>> {
  const { merchantId } = session
  const run = await getImport(deps, session, id)
  const db = deps.db.merchant(merchantId)
  const fields: Output<typeof imports.words>['fields'] = []
  for (const field of Object.keys(WORD_FIELDS[run.kind])) {
    const column = run.mapping[field]
    if (column === undefined) continue
    const counted = await countWords(db, { merchantId, runId: id }, column, MOST_WORDS + 1)
    const told = run.reading.words?.[field] ?? {}
    fields.push({
      field,
      words: counted.slice(0, MOST_WORDS).map(({ word, rows }) => {
        const key = headerKey(word)
        return {
          word,
          rows,
          value: (Object.hasOwn(told, key) ? told[key] : undefined) ?? knownWord(field, word) ?? null,
        }
      }),
      more: counted.length > MOST_WORDS,
    })
  }
  return { fields }
}

/** @throws AppError resource.not_found */
export async function totalImport(
  deps: ImportDeps,
  session: Session,
  id: string,
): Promise<Output<typeof imports.totals>> {
  const { merchantId } = session
  await getImport(deps, session, id)
  const lines = await sumTallies(deps.db.merchant(merchantId), { merchantId, runId: id })
  return {
    lines: lines.map(({ tally, ...line }) => {
      const [method = '', state = ''] = tally.split(' ')
      return { method, state, ...line }
    }),
  }
}

/** Working a file off in chunks. Each chunk is one transaction that holds the run; a process that dies loses none. */
import { enqueue } from '../../jobs/enqueue.ts'
import { findMembership } from '../../db/people.ts'
import type { TaskHandlers } from '../../jobs/tasks.ts'
import type { ImportDeps, Sender, Work } from './import-kind.ts'
import { changeRows, hasRows, listRows, type RunKey } from './import-rows.queries.ts'
import { countRows, lockRun, moveRun, type Run } from './imports.queries.ts'
import { undoChunk } from './undo-chunk.ts'
import { KINDS } from './kinds.ts'
import type { ImportState } from '@choba/shared/imports/names.ts'

const SETTLE_CHUNK = 1000
const FIRST_LOOK_MS = 500
const LONGEST_LOOK_MS = 30_000

type Payload = { readonly merchantId: string; readonly runId: string; readonly looks?: number }

export function importJobs(deps: ImportDeps): TaskHandlers {
  return { 'imports:work': (payload) => workOff(deps, payload) }
}

async function workOff(deps: ImportDeps, { merchantId, runId, looks = 0 }: Payload): Promise<void> {
  const key = { merchantId, runId }
  while (await step(deps, key, 'checking', checkChunk)) await breathe()
  while (await step(deps, key, 'running', sendChunk)) await breathe()
  while (await step(deps, key, 'undoing', undoChunk)) await breathe()
  const { open, progress } = await settle(deps, key)
  if (!open) return
  const next = progress ? 0 : looks + 1
  const pause = Math.min(FIRST_LOOK_MS * 2 ** next, LONGEST_LOOK_MS)
  await enqueue(
    deps.db.merchant(merchantId),
    'imports:work',
    { merchantId, runId, looks: next },
    { jobKey: `import-look:${runId}`, runAt: new Date(Date.now() + pause) },
  )
}

export function jobKey(runId: string): string {
  return `import:${runId}`
}

/** Requests of people come first: between two chunks the process serves whoever waits. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Answers whether there may be more. Another job, an edit or a cancellation waits until the chunk is written. */
function step(
  deps: ImportDeps,
  { merchantId, runId }: RunKey,
  state: ImportState,
  chunk: (work: Work) => Promise<boolean>,
): Promise<boolean> {
  return deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const run = await lockRun(tx, merchantId, runId)
      if (run?.state !== state) return false
      const more = await chunk({ tx, deps, merchantId, run })
      await countRows(tx, merchantId, runId)
      return more
    })
}

export async function checkChunk(work: Work): Promise<boolean> {
  const { tx, merchantId, run } = work
  const rules = KINDS[run.kind]
  const rows = await rules.list(work, 'unchecked')
  if (rows.length === 0) {
    await moveRun(tx, merchantId, run.id, { from: ['checking'], to: 'preview' })
    return false
  }
  await changeRows(tx, { merchantId, runId: run.id }, await rules.check(work, rows))
  return true
}

async function sendChunk(work: Work): Promise<boolean> {
  const { tx, merchantId, run } = work
  const rules = KINDS[run.kind]
  const sender = await senderOf(work, run)
  if (sender === undefined) {
    await moveRun(tx, merchantId, run.id, { from: ['running'], to: 'cancelled' })
    return false
  }
  const rows = await rules.list(work, 'ready')
  if (rows.length === 0) return false
  await changeRows(tx, { merchantId, runId: run.id }, await rules.send(work, rows, sender))
  return true
}

/** Whoever started it may have left since, or have another role: then nothing more goes out in their name. */
async function senderOf({ tx, merchantId }: Work, { startedBy, shopId }: Run): Promise<Sender | undefined> {
  if (startedBy === null) return undefined
  const member = await findMembership(tx, startedBy, merchantId)
  if (member !== undefined && member.shops !== 'all' && !member.shops.includes(shopId)) return undefined
  return member && { userId: startedBy, ...member }
}

/** Looks after every row whose answer has not come, also of a run that was called off. */
async function settle(deps: ImportDeps, key: RunKey): Promise<{ open: boolean; progress: boolean }> {
  const { merchantId, runId } = key
  let after = 0
  let progress = false
  for (;;) {
    const rows = await deps.db
      .merchant(merchantId)
      .transaction()
      .execute(async (tx) => {
        const run = await lockRun(tx, merchantId, runId)
        if (run === undefined) return []
        const sent = await listRows(tx, key, { state: 'sent', after, limit: SETTLE_CHUNK })
        const changes = await KINDS[run.kind].settle({ tx, deps, merchantId, run }, sent)
        await changeRows(tx, key, changes)
        progress ||= changes.length > 0
        if (changes.length > 0) await countRows(tx, merchantId, runId)
        if (sent.length < SETTLE_CHUNK) await endRun(tx, key)
        return sent
      })
    if (rows.length < SETTLE_CHUNK) break
    after = rows.at(-1)?.rowNumber ?? after
    await breathe()
  }
  return { open: await hasRows(deps.db.merchant(merchantId), key, 'sent'), progress }
}

async function endRun(tx: Work['tx'], key: RunKey): Promise<void> {
  if ((await hasRows(tx, key, 'sent')) || (await hasRows(tx, key, 'ready'))) return
  await moveRun(tx, key.merchantId, key.runId, { from: ['running'], to: 'done' })
}

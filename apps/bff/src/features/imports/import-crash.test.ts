/** A process that is killed in the middle of an import, without a word: the next one goes on where it stood. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportRun } from '@choba/shared/contracts/imports.ts'
import { verifyMerchant } from '../../ledger/verify.ts'
import { openShop, type Shopkeeper } from '../../testing/shopkeeper.ts'

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url))
/** Set to 100000 to see what a year of a shop does. */
const ROWS = Number(process.env['IMPORT_CRASH_ROWS'] ?? 3000)
const PATIENCE_MS = 60_000 + ROWS * 10
const HEADER = '注文番号,注文日,決済方法,状態,請求額,出荷日,入金日,手数料,購入者名,電話番号'

let shop: Shopkeeper
let child: ChildProcess | undefined
beforeAll(async () => {
  shop = await openShop()
})
afterAll(async () => {
  await kill()
  await shop.close()
})

async function kill(): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

function startBff(): void {
  const env = {
    PATH: process.env['PATH'],
    PORT: String(20_000 + Math.floor(Math.random() * 10_000)),
    DATABASE_URL: shop.deps.env.databaseUrl,
    CHOBA_SECRET: shop.deps.env.secret,
  }
  child = spawn(process.execPath, [MAIN], { env, stdio: 'ignore' })
}

function lineOf(_: unknown, n: number): string {
  const states = ['出荷済', '立替払い済', 'キャンセル', '返品']
  const day = String((n % 28) + 1).padStart(2, '0')
  const paidOn = n % 4 === 1 ? '2026/09/20' : ''
  return `K-${n},2026/08/${day},カード,${states[n % 4]},${1000 + (n % 500)},2026/08/${day},${paidOn},${n % 4 === 1 ? 30 : ''},顧客 ${n % 997},03${String(10_000_000 + n)}`
}

async function get(id: string): Promise<ImportRun> {
  return (await (await shop.client.get(`/api/imports/${id}`)).json()) as ImportRun
}

async function until(id: string, there: (run: ImportRun) => boolean): Promise<ImportRun> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const run = await get(id)
    if (there(run)) return run
    if (Date.now() > deadline) throw new Error(`stands at ${run.state} ${JSON.stringify(run.counts)}`)
    await sleep(20)
  }
}

async function booked(): Promise<{ payments: number; done: number; yen: number }> {
  const { rows } = await shop.deps.db.pool.query(
    `select (select count(*)::int from payment where merchant_id = $1) as payments, (select count(*)::int from import_row where merchant_id = $1 and state = 'done') as done,
        (select coalesce(sum(amount_yen), 0)::int from payment where merchant_id = $1) as yen`,
    [shop.merchantId],
  )
  return rows[0]
}

/** Holds the last row, so that the chunk it is in has booked its sales and waits to mark its rows: there the process dies. */
async function killBeforeRowsAreMarked(id: string): Promise<void> {
  const holder = await shop.deps.db.pool.connect()
  try {
    await holder.query('begin')
    await holder.query('select 1 from import_row where run_id = $1 and row_number = $2 for update', [id, ROWS])
    await shop.client.send('POST', `/api/imports/${id}/run`, {})
    for (;;) {
      const { rows } = await shop.deps.db.pool.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%update import_row%'`,
      )
      if (rows.length > 0) break
      await sleep(20)
    }
    await kill()
    await holder.query('rollback')
  } finally {
    holder.release()
  }
}

test(
  'is worked off by the next process: nothing is lost, nothing stands twice, an undo survives as well',
  async () => {
    const text = [HEADER, ...Array.from({ length: ROWS }, lineOf)].join('\r\n')
    const response = await shop.app.request(`/api/imports/files?kind=history&shop=${shop.shopIds[0]}&name=year.csv`, {
      method: 'POST',
      body: new TextEncoder().encode(text),
      headers: { Cookie: shop.client.cookie, 'Content-Type': 'text/csv', 'Sec-Fetch-Site': 'same-origin' },
    })
    const { id } = ((await response.json()) as { run: ImportRun }).run
    startBff()
    await until(id, (run) => run.state === 'checking' && (run.counts.unchecked ?? 0) < ROWS)
    await kill()
    startBff()
    await until(id, (run) => run.state === 'preview')
    // A refund's day that no column says is confirmed, not assumed.
    await shop.client.send('POST', `/api/imports/${id}/confirm`, {})
    await until(id, (run) => run.state === 'preview' && run.counts.ready === ROWS)

    await killBeforeRowsAreMarked(id)
    const midway = await booked()
    expect(midway.payments).toBe(midway.done)
    expect(midway.payments).toBeLessThan(ROWS)
    startBff()
    await until(id, (run) => run.state === 'done')
    const yen = Array.from({ length: ROWS }, (_, n) => 1000 + (n % 500)).reduce((sum, each) => sum + each, 0)
    expect(await booked()).toEqual({ payments: ROWS, done: ROWS, yen })
    expect((await verifyMerchant(shop.deps.db.owner, shop.merchantId)).differences).toEqual([])

    await shop.client.send('POST', `/api/imports/${id}/undo`, {})
    await until(id, (run) => (run.counts.undone ?? 0) > 0)
    await kill()
    startBff()
    await until(id, (run) => run.state === 'undone')
    await kill()
    expect(await booked()).toEqual({ payments: ROWS, done: 0, yen: 0 })
    expect((await verifyMerchant(shop.deps.db.owner, shop.merchantId)).differences).toEqual([])
  },
  PATIENCE_MS * 2,
)

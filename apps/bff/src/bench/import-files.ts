/**
 * Brings files into a running house and watches it meanwhile: orders and their slip numbers, or past sales, which are undone
 * again: `node apps/bff/src/bench/import-files.ts --kind history --url http://127.0.0.1:3000 --email … --password … --pid <of the BFF> --rows 10000`.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { IMPORT_UPLOAD_PATH, type ImportRun } from '@choba/shared/contracts/imports.ts'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    email: { type: 'string', default: '' },
    password: { type: 'string', default: '' },
    pid: { type: 'string', default: '' },
    rows: { type: 'string', default: '10000' },
    kind: { type: 'string', default: 'orders' },
  },
})
const ROWS = Number(values.rows)
const HEADER = '注文番号,注文日,請求額,購入者名,購入者カナ,郵便番号,住所,電話番号,メールアドレス,商品名,単価,数量,税率'

const cookie = await signIn()
const HISTORY_HEADER = '注文番号,注文日,決済方法,状態,請求額,出荷日,入金日,手数料,購入者名,電話番号'
const shopId = await firstShop()
const stamp = Date.now().toString(36).toUpperCase()
const numbers = Array.from({ length: ROWS }, (_, n) => `BULK-${stamp}-${n}`)
if (values.kind === 'history') await measure('history', [HISTORY_HEADER, ...numbers.map(pastLine)])
else {
  await measure('orders', [HEADER, ...numbers.map(orderLine)])
  const slips = numbers.map(
    (number, n) => `${number},0,0,${String(400_000_000_000 + (Date.now() % 1e9) * 100 + n)},2026/11/25`,
  )
  await measure('slips', ['お客様管理番号,送り状種類,クール区分,伝票番号,出荷予定日', ...slips])
}

/** Half of them paid out, with their fees; some cancelled. */
function pastLine(number: string, n: number): string {
  const day = String((n % 28) + 1).padStart(2, '0')
  const [state, paidOn, fee] =
    n % 10 === 0 ? ['キャンセル', '', ''] : n % 2 === 0 ? ['出荷済', '', ''] : ['立替払い済', '2026/09/20', '55']
  return `${number},2026/08/${day} 1${n % 10}:05,NP後払い,${state},"${1100 + (n % 50) * 10}円",R8.8.${day},${paidOn},${fee},佐藤 花子${n % 5000},090${String(10_000_000 + (n % 5000))}`
}

function orderLine(number: string, n: number): string {
  const amount = 1100 + (n % 50) * 10
  // Every order somebody else's, so that no limit is reached.
  const phone = `090-${String(1000 + (n % 9000))}-${String(1000 + (Math.floor(n / 9000) % 9000))}`
  return `${number},2026-11-20,${amount},佐藤 花子${n},サトウ ハナコ,1000001,東京都千代田区千代田1-${n},${phone},ok${n}@example.jp,煎茶 深蒸し,${amount},1,8`
}

async function measure(kind: 'orders' | 'slips' | 'history', lines: readonly string[]): Promise<void> {
  const body = new TextEncoder().encode(`${lines.join('\r\n')}\r\n`)
  const before = memoryMb()
  const watch = watchHouse()
  const steps: Array<readonly [string, number]> = []
  let at = performance.now()
  const lap = (name: string) => {
    steps.push([name, Math.round(performance.now() - at)])
    at = performance.now()
  }
  const answer = await ask(`${IMPORT_UPLOAD_PATH}?kind=${kind}&shop=${shopId}&name=bench-${kind}.csv`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/csv', 'sec-fetch-site': 'same-origin' },
  })
  const { run } = answer as { run: ImportRun }
  lap('taken in')
  await until(run.id, (now) => now.state === 'preview')
  lap('checked')
  await ask(`/api/imports/${run.id}/run`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  })
  const ended = await until(run.id, (now) => now.state === 'done')
  lap('sent and answered')
  const result = (await (await raw(`/api/imports/${run.id}/result.csv`)).text()).split('\r\n').length - 2
  lap('result file')
  if (kind === 'history') {
    await ask(`/api/imports/${run.id}/undo`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    await until(run.id, (now) => now.state === 'undone')
    lap('undone')
  }
  const house = await watch()
  console.log(
    `${kind}: ${ROWS.toLocaleString('en')} rows, ${(body.length / 1e6).toFixed(1)} MB;`,
    steps.map(([name, ms]) => `${name} ${ms} ms`).join(', '),
    `; ended ${JSON.stringify(ended.counts)}, result file ${result} rows`,
  )
  console.log(
    `  memory ${before} MB before, at most ${house.mostMb} MB, ${memoryMb()} MB after; ledger page meanwhile: ${house.pages}`,
  )
}

/** A person who keeps opening the ledger, and a look at the memory, until it is called off. */
function watchHouse(): () => Promise<{ mostMb: number; pages: string }> {
  const times: number[] = []
  let mostMb = 0
  let watching = true
  const done = (async () => {
    while (watching) {
      const start = performance.now()
      await ask('/api/payments?limit=50')
      times.push(performance.now() - start)
      mostMb = Math.max(mostMb, memoryMb())
      await sleep(50)
    }
  })()
  return async () => {
    watching = false
    await done
    const sorted = times.toSorted((a, b) => a - b)
    const at = (share: number) =>
      Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
    return { mostMb, pages: `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms of ${times.length}` }
  }
}

async function until(id: string, there: (run: ImportRun) => boolean): Promise<ImportRun> {
  for (;;) {
    const run = (await ask(`/api/imports/${id}`)) as ImportRun
    if (there(run)) return run
    await sleep(200)
  }
}

function memoryMb(): number {
  if (values.pid === '') return 0
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${values.pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kilobytes) / 1024)
}

async function signIn(): Promise<string> {
  const response = await fetch(`${values.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: values.email, password: values.password }),
  })
  return response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
}

async function firstShop(): Promise<string> {
  const { shops } = (await ask('/api/session')) as { shops: ReadonlyArray<{ readonly id: string }> }
  return shops[0]?.id ?? ''
}

async function raw(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(`${values.url}${path}`, {
    ...init,
    headers: { ...init.headers, cookie } as Record<string, string>,
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return response
}

async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
  return (await raw(path, init)).json()
}

/** `npm run bench`: loads a database through the door and measures each row of the table beside its floor, in one run. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { ensureUser } from '../auth/users.ts'
import { openDatabase } from '../db/client.ts'
import { migrate } from '../db/migrate.ts'
import { readEnv } from '../env.ts'
import type { TestMerchant } from '../testing/factory.ts'
import { measureBulk } from './bulk.ts'
import { measureCsv } from './csv.ts'
import { HttpConnection } from './http-client.ts'
import { measureIngest } from './ingest.ts'
import { measureLedgerPage, measureRequests } from './ledger-page.ts'
import { load } from './load.ts'
import type { Measure } from './measure.ts'
import { readOptions } from './options.ts'
import { measureSearch } from './search.ts'
import { type Ports, serve } from './serve.ts'
import { machine, save, tableOf } from './table.ts'
import type { Target } from './target.ts'
import { measureTotals } from './totals.ts'
import { write } from './write.ts'

const PASSWORD = 'correct horse battery'

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args)
  const { databaseUrl } = readEnv()
  await migrate(databaseUrl)
  const db = openDatabase(databaseUrl)
  const bare = new pg.Client({ connectionString: databaseUrl })
  await bare.connect()
  const start = await readDeadlocks(bare)

  console.log(`${options.payments.toLocaleString('en')} payments on ${machine()}.`)
  const measures = await measureBulk(db, bare, options.payments)
  const { merchant, seconds } = await load(db, options.payments)
  if (seconds !== undefined) measures.push(loadLine(options.payments, seconds))
  const child = fork(process.argv[1] as string, ['--serve'])
  const [ports] = (await once(child, 'message')) as [Ports]
  const email = 'bench@example.jp'
  await ensureUser(db.owner, {
    email,
    name: '計測 太郎',
    password: PASSWORD,
    merchantId: merchant.merchantId,
    role: 'admin',
  })
  const cookie = await signIn(ports.app, email)
  const target: Target = {
    db,
    bare,
    merchant,
    ports,
    cookie,
    http: await HttpConnection.open(ports.app, { Cookie: cookie }),
  }

  for (const [name, measure] of Object.entries({
    'ledger page': measureLedgerPage,
    requests: measureRequests,
    search: measureSearch,
    csv: measureCsv,
    ingest: measureIngest,
    totals: measureTotals,
  })) {
    console.log(`Measuring: ${name}`)
    measures.push(...(await measure(target)))
  }
  measures.push(deadlockLine((await readDeadlocks(bare)) - start))
  console.log(`\n${tableOf(measures)}`)
  if (options.save) save(options.payments, measures)
  target.http.close()
  child.disconnect()
  await bare.end()
  await db.close()
}

async function signIn(port: number, email: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  })
  if (response.status !== 200) throw new Error(`sign-in answered ${response.status}`)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** Statistics reach the view when a session ends its transaction and its second of grace. */
async function readDeadlocks(bare: pg.Client): Promise<number> {
  const { rows } = await bare.query<{ deadlocks: string }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  )
  return Number(rows[0]?.deadlocks)
}

function loadLine(payments: number, seconds: number): Measure {
  return {
    measure: `loading ${payments.toLocaleString('en')} payments, their making up and folding included`,
    value: `${Math.round(payments / seconds).toLocaleString('en')}/s`,
    floor: '–',
    ratio: '–',
    goal: 'reported',
    met: null,
  }
}

function deadlockLine(deadlocks: number): Measure {
  return {
    measure: 'deadlocks in the whole run',
    value: String(deadlocks),
    floor: '–',
    ratio: '–',
    goal: '0',
    met: deadlocks === 0,
  }
}

const [mode, ...rest] = process.argv.slice(2)
if (mode === '--serve') await serve()
else if (mode === '--write') await write(JSON.parse(rest[0] ?? '') as TestMerchant)
else await main(process.argv.slice(2))

/** The whole ledger as CSV over HTTP against COPY of the same columns and rows, drained by a bare client. */
import { get, type IncomingMessage } from 'node:http'
import copyStreams from 'pg-copy-streams'
import { PAYMENT_EXPORT_PATH, payments, type PaymentTotals } from '@choba/shared/contracts/payments.ts'
import { HttpConnection } from './http-client.ts'
import { type Measure, percent, perSecond, timed } from './measure.ts'
import { differencesOf, sumFile } from './file-sums.ts'
import type { Target } from './target.ts'

/** What a new account sees of a payment. */
const COLUMNS =
  'order_number, customer_name, status, method, amount_yen, ordered_at, captured_on, paid_out_on, refunded_yen, fee_yen, net_yen, shop_id'
const GOALS = { utf8: 0.8, cp932: 0.6 } as const
const MEBIBYTE = 2 ** 20
const MEMORY_GOAL = 64

export async function measureCsv(target: Target): Promise<Measure[]> {
  const { rows } = await target.bare.query<{ count: string }>('select count(*) from payment where merchant_id = $1', [
    target.merchant.merchantId,
  ])
  const count = Number(rows[0]?.count)
  const memory = await HttpConnection.open(target.ports.floor)
  const measures: Measure[] = []
  await download(target, 'cp932', '&from=2026-10-01')
  await copyOut(target)
  for (const encoding of ['utf8', 'cp932'] as const) {
    const before = await peakOf(memory)
    const value = await timed(() => download(target, encoding, ''))
    const after = await peakOf(memory)
    const floor = await timed(() => copyOut(target))
    const ratio = floor / value
    measures.push({
      measure: `CSV ${encoding === 'utf8' ? 'UTF-8' : 'CP932'}, ${count.toLocaleString('en')} rows`,
      value: perSecond(count, value),
      floor: perSecond(count, floor),
      ratio: percent(ratio),
      goal: `≥ ${percent(GOALS[encoding])}`,
      met: ratio >= GOALS[encoding],
    })
    const growth = (after.peak - before.now) / MEBIBYTE
    measures.push({
      measure: `CSV ${encoding === 'utf8' ? 'UTF-8' : 'CP932'}, growth of memory at its peak`,
      value: `${Math.round(growth)} MB`,
      floor: '–',
      ratio: '–',
      goal: `≤ ${MEMORY_GOAL} MB`,
      met: growth <= MEMORY_GOAL,
    })
  }
  memory.close()
  return [...measures, await compareTotals(target, count)]
}

/** The whole file read again, against what the screen says of the same rows. */
async function compareTotals(target: Target, count: number): Promise<Measure> {
  const totals = JSON.parse((await target.http.get(payments.totals.path)).toString()) as PaymentTotals
  const differences = differencesOf(await sumFile(await open(target, 'cp932', '')), totals)
  return {
    measure: `rows and sums of the file of ${count.toLocaleString('en')} rows against the totals of the screen`,
    value: differences.length === 0 ? '0 differ' : differences.join(', '),
    floor: '–',
    ratio: '–',
    goal: '0 differ',
    met: differences.length === 0,
  }
}

async function peakOf(connection: HttpConnection): Promise<{ peak: number; now: number }> {
  return JSON.parse((await connection.get('/peak')).toString()) as { peak: number; now: number }
}

async function download(target: Target, encoding: keyof typeof GOALS, more: string): Promise<void> {
  const response = await open(target, encoding, more)
  response.on('data', () => undefined)
  await new Promise((resolve, reject) => response.once('end', resolve).once('error', reject))
}

function open({ ports, cookie }: Target, encoding: keyof typeof GOALS, more: string): Promise<IncomingMessage> {
  const path = `${PAYMENT_EXPORT_PATH}?sort=orderedAt&direction=desc&encoding=${encoding}&language=ja&substitute=geta${more}`
  return new Promise((resolve, reject) => {
    get({ port: ports.app, host: '127.0.0.1', path, headers: { Cookie: cookie } }, (response) => {
      if (response.statusCode === 200) resolve(response)
      else reject(new Error(`the export answered ${response.statusCode}`))
    }).once('error', reject)
  })
}

async function copyOut({ bare, merchant }: Target): Promise<void> {
  const rows = `select ${COLUMNS} from payment where merchant_id = '${merchant.merchantId}' order by ordered_at desc, payment_id desc`
  const stream = bare.query(copyStreams.to(`copy (${rows}) to stdout (format csv)`))
  stream.on('data', () => undefined)
  await new Promise((resolve, reject) => stream.once('end', resolve).once('error', reject))
}

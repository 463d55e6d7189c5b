/** One customer whose name and address stand wherever the product keeps such things: to be looked for afterwards. */
import { businessDate } from '@choba/shared/dates.ts'
import { METHODS } from '@choba/shared/methods.ts'
import { yen } from '@choba/shared/money.ts'
import { sql } from 'kysely'
import { audit } from '../audit/audit.ts'
import { uuidv7 } from '../core/uuid.ts'
import type { TestApp, TestClient } from './app.ts'
import { registerPayment, type TestMerchant } from './factory.ts'
import { playHistory } from './history.ts'
import { randomFrom } from './random.ts'

export const PERSON = {
  name: '隠見 花乃',
  kana: 'カクレミ ハナノ',
  company: '秘密商会',
  department: '内証係',
  zip: '604-8571',
  address: '京都府京都市中京区忍町488',
  phone: '090-7531-8642',
  email: 'hanano@himitsu.example',
}

/** Pieces that identify, in the spellings in which they are kept; the mask leaves none of them. Long enough to stand in no id by chance. */
export const PIECES = [
  '隠見',
  '花乃',
  'カクレミ',
  'ハナノ',
  'かくれみ',
  '秘密商会',
  '内証',
  '604-8571',
  '忍町',
  '090-7531',
  '0907531',
  'hanano',
]

export function piecesIn(text: string): string[] {
  return PIECES.filter((piece) => text.includes(piece))
}

const ENDED = ['paid_out', 'refunded', 'cancelled', 'expired', 'rejected', 'failed']

/** Payments of every method in several states, each with a delivery address. Answers their ids. */
export async function plantPayments(
  house: TestApp,
  merchant: TestMerchant,
  { lives = 4, onlyEnded = false }: { readonly lives?: number; readonly onlyEnded?: boolean } = {},
): Promise<string[]> {
  const { owner } = house.deps.db
  const orderedAt = '2026-09-01T03:00:00.000Z'
  for (const method of METHODS) {
    for (let n = 0; n < lives; n += 1) {
      const key = `${method}-${n}`
      const order = { method, name: '植込 前', orderedAt, amountYen: 5_500, orderNumber: `HIDE-${key}` }
      const news = playHistory(randomFrom(n + 3), { method, amountYen: 5_500, orderedAt: new Date(orderedAt), key })
      await owner.transaction().execute((tx) => registerPayment(tx, merchant, order, news))
    }
  }
  const { name, kana, phone, email } = PERSON
  const { rows } = await sql<{ id: string }>`
    update payment set customer_name = ${name}, customer_kana = ${kana}, phone = ${phone}, email = ${email}
      where customer_name = '植込 前' and (status = any (${ENDED}::text[]) or not ${onlyEnded}) returning payment_id as id`.execute(
    owner,
  )
  const ids = rows.map(({ id }) => id)
  const { email: _, ...person } = PERSON
  await sql`update order_detail set customer = ${JSON.stringify(PERSON)}::jsonb, delivery = ${JSON.stringify(person)}::jsonb
    where payment_id = any (${ids}::uuid[])`.execute(owner)
  return ids
}

/** A deposit beyond its bill, and the transfer that the customer was asked for. */
export async function plantReturn(house: TestApp, merchant: TestMerchant, staff: TestClient): Promise<string> {
  const { name, kana, phone, email } = PERSON
  const order = {
    method: 'convenience_store' as const,
    orderNumber: 'HIDE-owed',
    name,
    kana,
    phone,
    email,
    amountYen: 5_000,
    orderedAt: '2024-10-01T03:00:00.000Z',
  }
  const paymentId = await house.deps.db.owner.transaction().execute((tx) =>
    registerPayment(tx, merchant, order, [
      {
        at: '2024-10-02T03:00:00.000Z',
        news: {
          kind: 'slip_issued',
          providerId: 'SLIP-HIDE',
          transactionId: null,
          store: '001',
          numbers: ['HIDE'],
          payBy: businessDate('2024-12-01'),
        },
      },
      {
        at: '2024-10-03T03:00:00.000Z',
        news: { kind: 'deposit', certainty: 'definite', totalYen: yen(5_500) },
      },
    ]),
  )
  const response = await staff.send('POST', '/api/customer-returns', {
    idempotencyKey: 'planted-return',
    paymentId,
    amountYen: 500,
    bankName: '帳場銀行',
    branchName: '日本橋支店',
    accountKind: 'ordinary',
    accountNumber: '7654321',
    accountHolder: PERSON.kana,
  })
  if (!response.ok) throw new Error(await response.text())
  return paymentId
}

/** What was said to and by the provider of a payment, what was printed, corrected, imported and written down of it. */
export async function plantTraces(house: TestApp, merchant: TestMerchant, paymentId: string): Promise<string[]> {
  const { owner } = house.deps.db
  const { merchantId } = house
  const [shopId] = house.shopIds
  const connectionId = merchant.connections[shopId] as string
  const ids = {
    message: uuidv7(),
    print: uuidv7(),
    run: uuidv7(),
    operation: uuidv7(),
    export: uuidv7(),
  }
  const person = JSON.stringify(PERSON)
  await sql`insert into provider_message (merchant_id, message_id, connection_id, provider, kind, direction, unique_key, payment_id, state, content_type, body, said_at)
    values (${merchantId}::uuid, ${ids.message}::uuid, ${connectionId}::uuid, 'sbps', 'notice', 'inbound', 'hide', ${paymentId}::uuid, 'applied', 'application/json',
      ${Buffer.from(JSON.stringify({ customer_name: PERSON.name, customer_address: PERSON.address, tel: PERSON.phone, zip_code: PERSON.zip, email: PERSON.email }))}, now())`.execute(
    owner,
  )
  await sql`insert into operation (merchant_id, operation_id, payment_id, connection_id, kind, state, idempotency_key, request_hash, request, actor_kind)
    values (${merchantId}::uuid, ${ids.operation}::uuid, ${paymentId}::uuid, ${connectionId}::uuid, 'correct', 'done', 'hide-operation', 'x',
      jsonb_build_object('correction', jsonb_build_object('customer', ${person}::jsonb)), 'person')`.execute(owner)
  await sql`insert into invoice_print_batch (merchant_id, print_id, idempotency_key, request_hash, refused, printed_by, printed_at)
    values (${merchantId}::uuid, ${ids.print}::uuid, 'hide-print', 'x', '[]', 'u', now())`.execute(owner)
  await sql`insert into invoice_print (merchant_id, print_id, payment_id, page, provider_id, amount_yen, issued_on, due_on, document, printed_at)
    values (${merchantId}::uuid, ${ids.print}::uuid, ${paymentId}::uuid, 1, 'p', 5500, '2026-10-01', '2026-10-15', jsonb_build_object('addressee', ${person}::jsonb), now())`.execute(
    owner,
  )
  await sql`insert into import_run (merchant_id, run_id, kind, shop_id, file_name, sha256, bytes, encoding, delimiter, header, mapping, state, total, counts, created_by, created_by_name)
    values (${merchantId}::uuid, ${ids.run}::uuid, 'orders', ${shopId}::uuid, 'list.csv', 'hide', 1, 'utf8', ',', array['氏名', '電話'], '{"name": 0, "phone": 1}', 'done', 1, '{"done": 1}', 'u', 'u')`.execute(
    owner,
  )
  await sql`insert into import_row (merchant_id, run_id, row_number, line, cells, edits, state, payment_id)
    values (${merchantId}::uuid, ${ids.run}::uuid, 1, 2, ${[PERSON.name, PERSON.phone]}::text[], jsonb_build_object('address', ${PERSON.address}::text), 'done', ${paymentId}::uuid)`.execute(
    owner,
  )
  const subject = { kind: 'payment', id: paymentId }
  await audit(owner, {
    merchantId,
    actor: { kind: 'person', id: 'u' },
    action: 'payment.correct',
    subject,
    after: { customer: PERSON },
  })
  await sql`insert into payment_note (merchant_id, note_id, payment_id, shop_id, author_id, body)
    select merchant_id, ${uuidv7()}::uuid, payment_id, shop_id, 'u', ${`${PERSON.name}様より電話`} from payment where payment_id = ${paymentId}::uuid`.execute(
    owner,
  )
  await sql`insert into export_run (merchant_id, export_id, list, view, encoding, language, substitute, state, file_name, rows, asked_by, asked_at, kept_until, idempotency_key, request_hash)
    values (${merchantId}::uuid, ${ids.export}::uuid, 'payments', jsonb_build_object('q', ${PERSON.name}::text), 'utf8', 'ja', false, 'done', 'payments.csv', 1, 'u', now(), '2099-01-01', 'hide-export', 'x')`.execute(
    owner,
  )
  await sql`insert into export_chunk (merchant_id, export_id, number, body) values (${merchantId}::uuid, ${ids.export}::uuid, 0, ${Buffer.from(PERSON.name)})`.execute(
    owner,
  )
  await plantSearches(house)
  return Object.values(ids)
}

/** Views and a schedule that look for the person, in the spellings people type; one that looks for somebody else; a draft; mails. */
async function plantSearches({ deps, merchantId }: TestApp): Promise<void> {
  const { owner } = deps.db
  const typed = [
    PERSON.name,
    '隠見',
    '花乃さん',
    'かくれみ',
    PERSON.phone,
    '0907531',
    PERSON.email,
    'hanano',
    '帳場 太郎',
  ]
  for (const q of typed)
    await sql`insert into saved_view (merchant_id, view_id, list, name, owner_id, is_shared, search)
      values (${merchantId}::uuid, ${uuidv7()}::uuid, 'payments', ${q === '隠見' ? '隠見様の分' : '調べもの'}, 'u', ${q !== '隠見'}, ${new URLSearchParams({ q, status: 'captured' }).toString()})`.execute(
      owner,
    )
  await sql`insert into export_schedule (merchant_id, schedule_id, name, list, view, encoding, language, substitute, cadence, weekday, month_day, hour, minute, period, delivery, file_name, recipients, owner_id, next_at)
    values (${merchantId}::uuid, ${uuidv7()}::uuid, '毎朝', 'payments', jsonb_build_object('q', ${PERSON.name}::text, 'method', 'card'), 'utf8', 'ja', false, 'daily', 0, 1, 7, 0, 'previous_day', 'keep', '', '{}', 'u', '2099-01-01')`.execute(
    owner,
  )
  await sql`insert into preference (merchant_id, user_id, key, value) values (${merchantId}::uuid, 'u', 'orders.draft', ${JSON.stringify({ customer: PERSON, delivery: null })}::jsonb)`.execute(
    owner,
  )
  for (const [state, said] of [
    ['sent', '250 OK'],
    ['failed', `550 <${PERSON.email}> unknown`],
    ['queued', null],
  ])
    await sql`insert into outgoing_mail (merchant_id, mail_id, kind, cause, to_address, subject, text, state, said)
      values (${merchantId}::uuid, ${uuidv7()}::uuid, 'invitation', ${state}, ${PERSON.email.toUpperCase()}, ${`${PERSON.name}様`}, ${`${PERSON.name}様`}, ${state}, ${said})`.execute(
      owner,
    )
}

/** A link and a subscription, made as staff make them. Answers their ids. */
export async function plantPlans(house: TestApp, merchant: TestMerchant, staff: TestClient): Promise<string[]> {
  const [shopId] = house.shopIds
  const connectionId = merchant.connections[shopId] as string
  const goods = [{ name: '煎茶', unitPriceYen: 3_240, quantity: 1, taxRateBp: 800 }]
  const linkId = uuidv7()
  await sql`insert into payment_link (merchant_id, link_id, shop_id, connection_id, token, order_number, amount_yen, item_name, goods, customer, customer_name, methods, state, idempotency_key, request_hash, created_by, created_at, expires_at)
    values (${house.merchantId}::uuid, ${linkId}::uuid, ${shopId}::uuid, ${connectionId}::uuid, ${linkId}, 'HIDE-link', 3240, '煎茶', ${JSON.stringify(goods)}::jsonb, ${JSON.stringify(PERSON)}::jsonb, ${PERSON.name}, array['card'], 'open', 'hide-link', 'x', 'u', now(), now() + interval '7 days')`.execute(
    house.deps.db.owner,
  )
  const subscription = {
    idempotencyKey: 'planted-subscription',
    shopId,
    kind: 'np_schedule',
    customer: PERSON,
    goods,
    rhythm: { unit: 'month', every: 1, day: null, roll: 'none' },
    generateDays: 7,
    chargeDays: 3,
    retryDays: [],
    onFailure: 'skip',
    firstOn: '2099-01-10',
  }
  const response = await staff.send('POST', '/api/subscriptions', subscription)
  if (!response.ok) throw new Error(await response.text())
  return [linkId, ((await response.json()) as { id: string }).id]
}

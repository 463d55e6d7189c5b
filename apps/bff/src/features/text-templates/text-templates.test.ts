/** The merchant's own wording, in every letter that leaves. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TextTemplatesView } from '@choba/shared/contracts/text-templates.ts'
import { businessDate } from '@choba/shared/dates.ts'
import type { Language } from '@choba/shared/labels/labels.ts'
import { TEXT_TEMPLATE_KINDS, type TextTemplate, type TextTemplateKind } from '@choba/shared/text-templates.ts'
import { connectionContext } from '../../core/secret-box.ts'
import { errorOf } from '../../testing/app.ts'
import { payment, screened } from '../../testing/happenings.ts'
import { addRule, look, type NewsHouse, openNewsHouse } from '../../testing/news-house.ts'

let house: NewsHouse
beforeAll(async () => {
  house = await openNewsHouse()
  const server = { host: '127.0.0.1', port: 2525, security: 'none', userName: '', fromName: '' }
  await house.clients.admin.send('PUT', '/api/mail', { ...server, fromAddress: 'c@shop.example' })
})
afterAll(() => house.app.close())

function put(kind: TextTemplateKind, text: TextTemplate | null, language: Language = 'ja'): Promise<Response> {
  return house.clients.admin.send('PUT', '/api/text-templates', { kind, language, text })
}

async function ownOf(kind: TextTemplateKind): Promise<unknown> {
  const { items } = (await (await house.clients.admin.get('/api/text-templates')).json()) as TextTemplatesView
  return items.find((item) => item.kind === kind && item.language === 'ja')?.own
}

async function mails() {
  return house.app.deps.db.owner.selectFrom('outgoingMail').selectAll().orderBy('mailId').execute()
}

test('a slip is mailed in the merchant’s words from then on, in one language alone, until they are taken back', async () => {
  const slip = {
    kind: 'slip_issued',
    providerId: 'S-1',
    transactionId: null,
    store: '016',
    numbers: ['20020', '77'],
  } as const
  const order = { method: 'convenience_store', orderNumber: 'T-1', amountYen: 5_000, name: '{order} 花子' } as const
  const id = await payment(house, order, { ...slip, payBy: businessDate('2026-12-10') })
  const mailOf = async (language: Language) =>
    (await (await house.clients.staff.get(`/api/slips/${id}/mail?language=${language}`)).json()) as TextTemplate
  const [house_ja, house_en] = [await mailOf('ja'), await mailOf('en')]
  const words = { subject: '{order}の件', body: '{customer}様 {amount}円を{due}までに\n{numbers}' }
  expect((await put('slip', words)).status).toBe(200)
  const own = await mailOf('ja')
  // What a customer is called is no place.
  expect(own.subject).toBe('T-1の件')
  expect(own.body).toMatch(/^\{order\} 花子様 5,000円を2026\/12\/10までに\n[^]*77/)
  expect(await mailOf('en')).toEqual(house_en)
  await put('slip', null)
  expect(await mailOf('ja')).toEqual(house_ja)
})

test('a payment link, an invitation and a notification are worded so too', async () => {
  const { app, clients } = house
  const [shopId] = app.shopIds
  for (const connectionId of Object.values(house.merchant.connections)) {
    const secretBox = app.deps.secrets.seal('{}', connectionContext(app.merchantId, connectionId))
    const connection = app.deps.db.owner.updateTable('connection').where('connectionId', '=', connectionId)
    await connection.set({ connectionMethod: 'link', secretBox }).execute()
  }
  const goods = [{ name: '煎茶', unitPriceYen: 1_000, quantity: 1, taxRateBp: 800 }]
  const customer = { name: '花子', kana: '', email: 'h@shop.example', phone: '' }
  const wish = {
    idempotencyKey: 'link-template',
    shopId,
    orderNumber: 'L-1',
    amountYen: 1_000,
    goods,
    customer,
    methods: ['card'],
  }
  const made = (await (await clients.staff.send('POST', '/api/payment-links', wish)).json()) as { id: string }
  await put('payment_link', { subject: '{shop}', body: '{amount}円 {url}' })
  const link = (await (await clients.staff.get(`/api/payment-links/${made.id}/mail`)).json()) as TextTemplate
  expect(link.body).toMatch(/^1,000円 http\S+\/pay\/\S+$/)

  await put('invitation', { subject: '招待', body: '{inviter}より {link}' })
  const place = { role: 'staff', customRoleId: null, shopIds: null }
  await clients.admin.send('POST', '/api/invitations', { email: 'new@shop.example', ...place })
  const [invitation] = await mails()
  expect(invitation).toMatchObject({ kind: 'invitation', subject: '招待 / Invitation to Choba' })
  expect(invitation?.text).toMatch(/^admin 太郎より http\S+\/join#\S+\n\nadmin 太郎 invites you/)

  await put('notification', { subject: '{count}件', body: '速報\n{list}' })
  await addRule(house, 'screening_on_hold', { userIds: [house.ids.staff], byMail: true })
  await screened(house, 'on_hold', { orderNumber: 'N-1', shopId: app.shopIds[1] })
  await look(house)
  const news = (await mails()).find(({ kind }) => kind === 'notification')
  expect([news?.subject, news?.text?.slice(0, 3)]).toEqual(['1件', '速報\n'])
})

test('what would reach its reader unfilled is refused by name; the log has both wordings', async () => {
  const faulty = await put('slip', { subject: '{shopp}', body: '{amount} {due} {customer}' })
  expect((await errorOf(faulty)).details).toEqual({
    issues: [
      { path: 'text.subject', message: 'unknown: {shopp}' },
      { path: 'text.body', message: 'missing: {numbers}' },
    ],
  })
  const undrawable = await put('bundled_invoice', { subject: '', body: '{where} ꙮ' })
  expect(await errorOf(undrawable)).toMatchObject({ code: 'template.undrawable', details: { characters: ['ꙮ'] } })
  expect((await put('bundled_invoice', { subject: '', body: '{where}' }, 'en')).status).toBe(400)
  const [first, second] = [
    { subject: 'あ', body: '{link}' },
    { subject: 'い', body: '{link}' },
  ]
  await put('invitation', null)
  for (const text of [first, first, second, null, null]) await put('invitation', text)
  const log = await house.app.deps.db.owner
    .selectFrom('auditLog')
    .select(['before', 'after'])
    .where('action', '=', 'text_template.change')
    .where('subjectId', '=', 'invitation:ja')
    .orderBy('auditId', 'desc')
    .limit(3)
    .execute()
  expect(log).toEqual([
    { before: { text: second }, after: { text: null } },
    { before: { text: first }, after: { text: second } },
    { before: { text: null }, after: { text: first } },
  ])
})

test('whoever may not word templates neither reads nor changes them, and they are nobody else’s', async () => {
  await put('slip', { subject: 'x', body: '{amount}{due}{numbers}' })
  const elsewhere = await house.app.signInElsewhere('admin')
  const theirs = (await (await elsewhere.get('/api/text-templates')).json()) as TextTemplatesView
  expect(theirs.items.map(({ own }) => own)).toEqual(theirs.items.map(() => null))
  expect(new Set(theirs.items.map(({ kind }) => kind))).toEqual(new Set(TEXT_TEMPLATE_KINDS))
  expect(await ownOf('slip')).not.toBeNull()
  const body = { kind: 'slip', language: 'ja', text: null }
  expect((await house.clients.staff.send('PUT', '/api/text-templates', body)).status).toBe(403)
  expect((await house.clients.accountant.get('/api/text-templates')).status).toBe(403)
})

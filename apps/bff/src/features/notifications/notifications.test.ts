/** Rules by which colleagues are told what happens: whom, of what, once, in the inbox and by mail. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { NotificationRulesView } from '@choba/shared/contracts/notifications.ts'
import { addDays, dayOf } from '@choba/shared/dates.ts'
import { NOTIFICATION_KIND_NAMES } from '@choba/shared/notification-kinds.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { errorOf } from '../../testing/app.ts'
import { COMES_ABOUT, importRun, screened, statement } from '../../testing/happenings.ts'
import {
  addRule,
  forgetNews,
  heard,
  inboxOf,
  look,
  type NewsHouse,
  openNewsHouse,
  PLAIN_RULE,
  rulesOf,
} from '../../testing/news-house.ts'
import { lookForNews } from './look.service.ts'

let house: NewsHouse
beforeAll(async () => {
  house = await openNewsHouse()
})
afterAll(() => house.app.close())
beforeEach(() => forgetNews(house))

describe('every kind that is offered', () => {
  test.each(NOTIFICATION_KIND_NAMES)('%s is told once, to whom the rule names', async (kind) => {
    const { to, make } = COMES_ABOUT[kind]
    await addRule(house, kind, { userIds: [house.ids[to]], days: kind === 'approval_lapsing' ? 60 : 0 })
    expect(await heard(house, to)).toEqual([])
    await make(house)
    house.goTo(new Date(house.now().getTime() + 60_000))
    await look(house)
    await look(house)
    expect(await heard(house, to)).toEqual([`${kind} 1`])
    expect((await inboxOf(house, to)).unread).toBe(1)
    for (const other of ['staff', 'accountant', 'admin'] as const)
      if (other !== to) expect(await heard(house, other)).toEqual([])
  })
})

test('every merchant begins with rules of its own, one of each kind, and each of them names somebody', async () => {
  const elsewhere = await house.app.signInElsewhere('admin')
  const { rules } = await rulesOf(elsewhere)
  expect(rules.map(({ kind }) => kind)).toEqual(NOTIFICATION_KIND_NAMES)
  for (const each of rules) expect(each.roles.length > 0 || each.toActor).toBe(true)
})

test('what stood before a rule, or while it rested, is no news; several together are one line that is read as one', async () => {
  await screened(house, 'on_hold')
  const id = await addRule(house, 'screening_on_hold', { roles: ['staff'] })
  await look(house)
  await house.clients.admin.send('PUT', `/api/notification-rules/${id}`, {
    ...PLAIN_RULE,
    roles: ['staff'],
    isActive: false,
  })
  await screened(house, 'on_hold')
  await look(house)
  await house.clients.admin.send('PUT', `/api/notification-rules/${id}`, { ...PLAIN_RULE, roles: ['staff'] })
  await look(house)
  expect(await heard(house, 'staff')).toEqual([])
  await screened(house, 'on_hold')
  await screened(house, 'on_hold')
  await look(house)
  const { unread, items } = await inboxOf(house, 'staff')
  expect([unread, items]).toMatchObject([1, [{ what: 'screening_on_hold', count: 2, readAt: null }]])
  const read = await house.clients.staff.send('POST', '/api/inbox/read', { ids: [items[0]?.id] })
  expect(await read.json()).toMatchObject({ unread: 0, items: [{ readAt: expect.any(String) }] })
})

test('a rule that is made, or begins again, has its first look at once, and so misses nothing after it', async () => {
  const { pool } = house.app.deps.db
  const asked = async () => {
    const { rowCount } = await pool.query(
      `delete from graphile_worker._private_jobs where key = 'notifications:look' and run_at <= now()`,
    )
    return rowCount
  }
  await asked()
  const id = await addRule(house, 'screening_on_hold', { roles: ['staff'] })
  expect(await asked()).toBe(1)
  const put = (isActive: boolean) =>
    house.clients.admin.send('PUT', `/api/notification-rules/${id}`, { ...PLAIN_RULE, roles: ['staff'], isActive })
  await put(false)
  expect(await asked()).toBe(0)
  await put(true)
  expect(await asked()).toBe(1)
})

test('two rules that name the same person tell them once; amount, shop and right decide who hears', async () => {
  await addRule(house, 'screening_rejected', { roles: ['staff', 'read_only'], fromYen: 10_000 })
  await addRule(house, 'screening_rejected', { userIds: [house.ids.staff], shopIds: [house.app.shopIds[1]] })
  await screened(house, 'rejected', { amountYen: 9_999 })
  await screened(house, 'rejected', { amountYen: 10_000 })
  await screened(house, 'rejected', { amountYen: 20_000, shopId: house.app.shopIds[1] })
  await look(house)
  expect((await inboxOf(house, 'staff')).items).toMatchObject([{ count: 2 }])
  expect((await inboxOf(house, 'read_only')).items).toMatchObject([{ count: 2 }])
  // By its role: read_only may not work on imports.
  await addRule(house, 'import_finished', { roles: ['read_only'], toActor: true })
  await importRun(house, 0)
  await look(house)
  expect(await heard(house, 'staff')).toContain('import_finished 1')
  expect(await heard(house, 'read_only')).not.toContain('import_finished 1')
})

test('of a shop that somebody does not see nothing is told to them, and nothing of a shop that was taken from them', async () => {
  const member = house.app.deps.db.owner.updateTable('member').where('userId', '=', house.ids.read_only)
  await addRule(house, 'screening_rejected', { roles: ['read_only'] })
  await screened(house, 'rejected', { shopId: house.app.shopIds[1] })
  await look(house)
  expect(await heard(house, 'read_only')).toEqual(['screening_rejected 1'])
  await member.set({ shopIds: [house.app.shopIds[0]] }).execute()
  try {
    house.clients.read_only = await house.app.signIn('read_only')
    expect(await inboxOf(house, 'read_only')).toEqual({ unread: 0, items: [] })
    await screened(house, 'rejected', { shopId: house.app.shopIds[1] })
    await look(house)
    const told = house.app.deps.db.owner
      .selectFrom('notification')
      .selectAll()
      .where('userId', '=', house.ids.read_only)
    expect(await told.execute()).toHaveLength(1)
  } finally {
    await member.set({ shopIds: null }).execute()
    house.clients.read_only = await house.app.signIn('read_only')
  }
})

describe('by mail', () => {
  beforeEach(async () => {
    const server = {
      host: '127.0.0.1',
      port: 2525,
      security: 'none',
      userName: '',
      fromAddress: 'c@shop.example',
      fromName: '',
    }
    await house.clients.admin.send('PUT', '/api/mail', server)
  })

  async function mails() {
    return house.app.deps.db.owner.selectFrom('outgoingMail').selectAll().orderBy('mailId').execute()
  }

  test('at once in one letter, without the customer’s name, once, in the language the person chose', async () => {
    await addRule(house, 'screening_rejected', { roles: ['staff'], byMail: true, inInbox: false })
    await screened(house, 'rejected', { orderNumber: 'M-1', name: '秘密 花子', amountYen: 12_345 })
    await screened(house, 'rejected', { orderNumber: 'M-2', name: '秘密 花子' })
    await look(house)
    await look(house)
    const [mail, ...others] = await mails()
    expect(others).toEqual([])
    expect(mail).toMatchObject({ kind: 'notification', toAddress: `staff@${house.app.merchantId}.example` })
    expect(mail?.subject).toBe('【帳場】審査がNGになった（2件）')
    expect(mail?.text).toMatch(/注文 M-1 {2}12,345円[^]*注文 M-2/)
    expect(`${mail?.subject}${mail?.text}`).not.toMatch(/秘密|花子/)
    expect(await heard(house, 'staff')).toEqual([])
    await house.clients.staff.send('PUT', '/api/preferences/language', { value: 'en' })
    await screened(house, 'rejected', { orderNumber: 'M-3' })
    await look(house)
    expect((await mails())[1]?.subject).toBe('[Choba] Screening rejected (1)')
  })

  test('once a day at the hour in Japan, of all kinds; what somebody may not see any more by then is left out', async () => {
    house.goTo(new Date(`${addDays(dayOf(house.now()), 1)}T03:00:00Z`))
    await addRule(house, 'screening_rejected', { roles: ['read_only'], byMail: true, digestHour: 18 })
    await addRule(house, 'screening_on_hold', { roles: ['read_only'], byMail: true, digestHour: 18 })
    await screened(house, 'rejected', { orderNumber: 'D-1' })
    await screened(house, 'on_hold', { orderNumber: 'D-2' })
    await screened(house, 'on_hold', { orderNumber: 'D-3', shopId: house.app.shopIds[1] })
    await look(house)
    expect(await mails()).toEqual([])
    const member = house.app.deps.db.owner.updateTable('member').where('userId', '=', house.ids.read_only)
    await member.set({ shopIds: [house.app.shopIds[0]] }).execute()
    house.goTo(new Date(house.now().getTime() + 6 * 3_600_000 - 1))
    await look(house)
    expect(await mails()).toEqual([])
    house.goTo(new Date(house.now().getTime() + 1))
    await look(house)
    await look(house)
    await member.set({ shopIds: null }).execute()
    const [mail, ...others] = await mails()
    expect([mail?.subject, others]).toEqual(['【帳場】お知らせ（2件）', []])
    expect(mail?.text).toMatch(/D-1[^]*D-2/)
    expect(mail?.text).not.toContain('D-3')
  })
})

test('a look that dies on its way leaves all of it to the next one', async () => {
  await addRule(house, 'payout_differs', { roles: ['accountant'] })
  await statement(house, 'closed')
  await statement(house, 'closed')
  let compared = 0
  function countDifferences(): Promise<number> {
    compared += 1
    return compared === 2 ? Promise.reject(new Error('killed')) : Promise.resolve(1)
  }
  await expect(lookForNews({ ...house.app.deps, countDifferences })).rejects.toThrow('killed')
  expect(await heard(house, 'accountant')).toEqual([])
  await look(house)
  expect(await heard(house, 'accountant')).toEqual(['payout_differs 2'])
})

test('a rule names somebody of the merchant and some way; what its kind has no use for is not kept', async () => {
  const send = (body: object) =>
    house.clients.admin.send('POST', '/api/notification-rules', { id: uuidv7(), ...PLAIN_RULE, ...body })
  for (const body of [
    { kind: 'payout_arrived' },
    { kind: 'payout_arrived', roles: ['accountant'], inInbox: false },
    { kind: 'payout_arrived', toActor: true },
    { kind: 'payout_arrived', userIds: ['nobody'] },
    { kind: 'payout_arrived', roles: [uuidv7()] },
    { kind: 'payout_arrived', roles: ['accountant'], shopIds: [uuidv7()] },
    { kind: 'no_such_thing', roles: ['accountant'] },
  ])
    expect((await errorOf(await send(body))).code).toBe('request.invalid')
  const id = uuidv7()
  const wish = {
    id,
    kind: 'webhook_given_up',
    ...PLAIN_RULE,
    roles: ['admin'],
    fromYen: 5,
    days: 5,
    shopIds: [house.app.shopIds[0]],
  }
  await house.clients.admin.send('POST', '/api/notification-rules', wish)
  const { rules } = (await (
    await house.clients.admin.send('POST', '/api/notification-rules', wish)
  ).json()) as NotificationRulesView
  expect(rules).toEqual([{ id, kind: 'webhook_given_up', ...PLAIN_RULE, roles: ['admin'] }])
  const other = await house.clients.admin.send('POST', '/api/notification-rules', { ...wish, roles: ['staff'] })
  expect((await errorOf(other)).code).toBe('idempotency.conflict')
  await house.clients.admin.send('PUT', `/api/notification-rules/${id}`, { ...PLAIN_RULE, roles: ['admin', 'staff'] })
  await house.clients.admin.send('DELETE', `/api/notification-rules/${id}`)
  await house.clients.admin.send('DELETE', `/api/notification-rules/${id}`)
  const log = await house.app.deps.db.owner
    .selectFrom('auditLog')
    .select('action')
    .where('subjectId', '=', id)
    .orderBy('auditId')
    .execute()
  expect(log.map(({ action }) => action)).toEqual([
    'notification_rule.create',
    'notification_rule.change',
    'notification_rule.remove',
  ])
  expect((await house.clients.staff.get('/api/notification-rules')).status).toBe(403)
})

test('a rule that names somebody who left still rests and begins; whoever sees payouts alone has an inbox of these', async () => {
  const { app, clients, ids } = house
  const id = await addRule(house, 'payout_arrived', { userIds: [ids.read_only] })
  const member = app.deps.db.owner.updateTable('member').where('userId', '=', ids.read_only)
  const change = (what: object) =>
    clients.admin.send('PUT', `/api/notification-rules/${id}`, { ...PLAIN_RULE, ...what })
  await member.set({ deactivatedAt: house.now() }).execute()
  expect((await change({ userIds: [ids.read_only], isActive: false })).status).toBe(200)
  await member.set({ deactivatedAt: null }).execute()
  const roleId = uuidv7()
  const role = { merchantId: app.merchantId, roleId, name: '入金係', permissions: ['payouts.read'] }
  await app.deps.db.owner.insertInto('customRole').values(role).execute()
  // Signed in before, and read with the first request after.
  clients.read_only = await app.signIn('read_only')
  await member.set({ role: 'custom', customRoleId: roleId }).execute()
  try {
    await change({ roles: [roleId] })
    await look(house)
    await addRule(house, 'screening_rejected', { roles: [roleId] })
    await statement(house, 'paid')
    await screened(house, 'rejected')
    await look(house)
    expect(await heard(house, 'read_only')).toEqual(['payout_arrived 1'])
  } finally {
    await member.set({ role: 'read_only', customRoleId: null }).execute()
    clients.read_only = await app.signIn('read_only')
  }
})

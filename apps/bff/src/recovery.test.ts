import { afterEach, beforeEach, expect, test } from 'vitest'
import { sql } from 'kysely'
import { isPassword, getUserId } from './auth/users.ts'
import { clearAddresses, makeAdmin, recoverPassword, removeSecondFactor } from './recovery.ts'
import { createTestApp, signInWith, type TestApp } from './testing/app.ts'

let house: TestApp
beforeEach(async () => {
  house = await createTestApp()
})
afterEach(() => house.close())

test('whoever is locked out gets in again: by a new password, without codes, as an admin, from anywhere', async () => {
  const { owner } = house.deps.db
  const { merchantId } = house
  const staff = await house.signIn('staff')
  const email = `staff@${merchantId}.example`
  const userId = await getUserId(owner, email)
  await sql`update auth_user set two_factor_enabled = true where id = ${userId}`.execute(owner)
  await sql`insert into auth_two_factor (id, user_id, secret, backup_codes) values ('x', ${userId}, 's', 'b')`.execute(
    owner,
  )
  await owner
    .updateTable('member')
    .set({ deactivatedAt: new Date(), shopIds: [house.shopIds[0]] })
    .execute()
  await owner
    .insertInto('merchantSecurity')
    .values({ merchantId, allowedAddresses: ['203.0.113.0/24'] })
    .execute()

  const { password } = await recoverPassword(owner, email.toUpperCase())
  expect(await isPassword(owner, userId, password)).toBe(true)
  await removeSecondFactor(owner, email)
  await makeAdmin(owner, email)
  await clearAddresses(owner, merchantId)

  expect((await staff.get('/api/session')).status).toBe(401)
  const cookie = await signInWith(house.app, email, password)
  const session = await house.app.request('/api/session', { headers: { Cookie: cookie } })
  expect(await session.json()).toMatchObject({ role: 'admin', shops: [{}, {}] })
  const log = await owner
    .selectFrom('auditLog')
    .select(['action', 'actorKind', 'actorId'])
    .where('action', '<>', 'session.sign_in')
    .orderBy('auditId')
    .execute()
  expect(log.map(({ action }) => action)).toEqual([
    'user.recover_password',
    'user.remove_second_factor',
    'user.make_admin',
    'security.change',
  ])
  expect(new Set(log.map(({ actorKind, actorId }) => `${actorKind}:${actorId}`))).toEqual(new Set(['job:cli']))
})

test('nobody of that address is said in a sentence, and changes nothing', async () => {
  await expect(makeAdmin(house.deps.db.owner, 'nobody@shop.example')).rejects.toThrow('nobody has the e-mail')
})

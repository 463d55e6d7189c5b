/** People are invited, change roles and leave, and the merchant is never without an admin. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Output } from '@choba/shared/contract.ts'
import type { members } from '@choba/shared/contracts/members.ts'
import {
  clientOf,
  createTestApp,
  errorOf,
  jsonInit,
  signInWith,
  type TestApp,
  type TestClient,
} from '../../testing/app.ts'

let house: TestApp
let admin: TestClient
beforeEach(async () => {
  house = await createTestApp()
  admin = await house.signIn('admin')
})
afterEach(() => house.close())

const STAFF = { role: 'staff', customRoleId: null, shopIds: null }
const PASSWORD = 'とても長い合言葉です１２３'

async function people(): Promise<Output<typeof members.list>> {
  return (await (await admin.get('/api/members')).json()) as Output<typeof members.list>
}
async function idOfRole(role: string): Promise<string> {
  return (await people()).members.find((each) => each.role === role)?.userId ?? ''
}
async function invite(body: object, client = admin): Promise<Response> {
  return client.send('POST', '/api/invitations', { ...STAFF, ...body })
}
async function tokenOf(response: Response): Promise<string> {
  return ((await response.json()) as { token: string }).token
}
async function knock(door: 'look' | 'accept', body: object): Promise<Response> {
  return house.app.request(`/api/auth/sign-up/${door}`, jsonInit('POST', body))
}
async function refusalOf(response: Response): Promise<[number, string]> {
  return [response.status, (await errorOf(response)).code]
}
/** Beside who came in. */
async function audited(): Promise<string[]> {
  const rows = await house.deps.db.owner.selectFrom('auditLog').select('action').orderBy('auditId').execute()
  return rows.map(({ action }) => action).filter((action) => action !== 'session.sign_in')
}

test('who is invited sets a password by the link and works in the role and shops they were given', async () => {
  const [shopId] = house.shopIds
  const answer = await invite({ email: ' New@Shop.example ', shopIds: [shopId] })
  const token = await tokenOf(answer)
  expect((await people()).invitations).toMatchObject([{ email: 'new@shop.example', role: 'staff', shopIds: [shopId] }])
  expect(await (await knock('look', { token })).json()).toEqual({ email: 'new@shop.example', merchant: 'テスト商店' })

  expect((await knock('accept', { token, name: '新井 環', password: 'too short' })).status).toBe(400)
  expect((await knock('accept', { token, name: '新井 環', password: PASSWORD })).status).toBe(200)
  const client = clientOf(house.app, await signInWith(house.app, 'new@shop.example', PASSWORD))
  expect(await (await client.get('/api/session')).json()).toMatchObject({ role: 'staff', user: { name: '新井 環' } })
  const { members: list, invitations } = await people()
  expect(invitations).toEqual([])
  expect(list.find(({ email }) => email === 'new@shop.example')).toMatchObject({
    shopIds: [shopId],
    sessions: 1,
    lastSignInAt: expect.any(String),
    hasSecondFactor: false,
  })
  expect(await audited()).toEqual(['invitation.make', 'invitation.accept'])
})

test('a link works once, not after a newer one, not when withdrawn, not after a week', async () => {
  const accept = { name: '人', password: PASSWORD }
  const first = await tokenOf(await invite({ email: 'a@shop.example' }))
  const second = await tokenOf(await invite({ email: 'a@shop.example' }))
  expect(await refusalOf(await knock('look', { token: first }))).toEqual([409, 'invitation.not_open'])
  expect((await knock('accept', { token: second, ...accept })).status).toBe(200)
  expect(await refusalOf(await knock('accept', { token: second, ...accept }))).toEqual([409, 'invitation.not_open'])
  expect(await refusalOf(await invite({ email: 'A@shop.example' }))).toEqual([409, 'member.known'])

  const made = (await (await invite({ email: 'b@shop.example' })).json()) as { token: string; invitationId: string }
  expect((await admin.send('DELETE', `/api/invitations/${made.invitationId}`)).status).toBe(200)
  expect((await admin.send('DELETE', `/api/invitations/${made.invitationId}`)).status).toBe(404)
  expect((await knock('look', { token: made.token })).status).toBe(409)

  const late = await tokenOf(await invite({ email: 'c@shop.example' }))
  const past = new Date(Date.now() - 1000)
  await house.deps.db.owner
    .updateTable('invitation')
    .set({ expiresAt: past })
    .where('email', '=', 'c@shop.example')
    .execute()
  expect((await knock('accept', { token: late, ...accept })).status).toBe(409)
})

test('the last admin can neither step down nor be deactivated, two at once neither', async () => {
  const me = await idOfRole('admin')
  expect(await refusalOf(await admin.send('PUT', `/api/members/${me}`, STAFF))).toEqual([409, 'member.last_admin'])
  expect(await refusalOf(await admin.send('POST', `/api/members/${me}/deactivate`))).toEqual([409, 'member.last_admin'])
  expect((await people()).members).toMatchObject([{ role: 'admin', deactivatedAt: null, sessions: 1 }])

  await house.signIn('staff')
  const other = await idOfRole('staff')
  const asAdmin = { role: 'admin', customRoleId: null, shopIds: null }
  expect((await admin.send('PUT', `/api/members/${other}`, asAdmin)).status).toBe(200)
  const statuses = await Promise.all([me, other].map((id) => admin.send('PUT', `/api/members/${id}`, STAFF)))
  expect(statuses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, expect.toBeOneOf([403, 409])])
  const left = await house.deps.db.owner.selectFrom('member').select('role').execute()
  expect(left.map(({ role }) => role).toSorted()).toEqual(['admin', 'staff'])
})

test('who was deactivated is out at once, and in again when let', async () => {
  const staff = await house.signIn('staff')
  const id = await idOfRole('staff')
  expect((await staff.get('/api/session')).status).toBe(200)
  expect((await admin.send('POST', `/api/members/${id}/deactivate`)).status).toBe(200)
  expect((await staff.get('/api/session')).status).toBe(401)
  expect((await admin.send('POST', `/api/members/${id}/reactivate`)).status).toBe(200)
  const again = await house.signIn('staff')
  expect((await again.get('/api/session')).status).toBe(200)
  expect(await (await admin.send('POST', `/api/members/${id}/end-sessions`)).json()).toEqual({ ended: 1 })
  expect((await again.get('/api/session')).status).toBe(401)
  expect(await audited()).toEqual(['member.deactivate', 'member.reactivate', 'member.end_sessions'])
})

test('a role of the merchant’s own is made, held, changed at once for its holders, and kept while it is held', async () => {
  const role = { name: '倉庫', permissions: ['sales.read', 'imports.work'] }
  const { roleId } = (await (await admin.send('POST', '/api/roles', role)).json()) as { roleId: string }
  expect(await refusalOf(await admin.send('POST', '/api/roles', role))).toEqual([409, 'role.known'])
  const staff = await house.signIn('staff')
  const place = { role: 'custom', customRoleId: roleId, shopIds: null }
  expect((await admin.send('PUT', `/api/members/${await idOfRole('staff')}`, place)).status).toBe(200)
  expect(await (await staff.get('/api/session')).json()).toMatchObject({
    roleName: '倉庫',
    permissions: role.permissions,
  })
  expect((await people()).roles).toMatchObject([{ name: '倉庫', holders: 1 }])
  expect(await refusalOf(await admin.send('DELETE', `/api/roles/${roleId}`))).toEqual([409, 'role.in_use'])
  expect((await admin.send('PUT', `/api/roles/${roleId}`, { ...role, name: '倉庫係' })).status).toBe(200)
  expect((await admin.send('PUT', `/api/members/${await idOfRole('custom')}`, STAFF)).status).toBe(200)
  expect((await admin.send('DELETE', `/api/roles/${roleId}`)).status).toBe(200)
})

test('nobody gives or takes more than they hold', async () => {
  const role = { name: '人事', permissions: ['people.manage', 'sales.read'] }
  const { roleId } = (await (await admin.send('POST', '/api/roles', role)).json()) as { roleId: string }
  const clerk = await house.signIn('staff')
  const id = await idOfRole('staff')
  await admin.send('PUT', `/api/members/${id}`, { role: 'custom', customRoleId: roleId, shopIds: [house.shopIds[0]] })
  const asAdmin = { role: 'admin', customRoleId: null, shopIds: null }
  for (const response of [
    await clerk.send('PUT', `/api/members/${id}`, asAdmin),
    await clerk.send('POST', `/api/members/${await idOfRole('admin')}/deactivate`),
    await invite({ email: 'd@shop.example' }, clerk),
    await invite({ email: 'd@shop.example', role: 'custom', customRoleId: roleId }, clerk),
    await clerk.send('PUT', `/api/roles/${roleId}`, {
      name: '人事',
      permissions: ['people.manage', 'contracts.write'],
    }),
  ])
    expect(await refusalOf(response)).toEqual([403, 'member.beyond_own'])
  const within = { role: 'custom', customRoleId: roleId, shopIds: [house.shopIds[0]] }
  expect((await invite({ email: 'd@shop.example', ...within }, clerk)).status).toBe(200)
})

test('people, roles and shops of another merchant do not exist', async () => {
  const elsewhere = await house.signInElsewhere('admin')
  const { members: theirs } = (await (await elsewhere.get('/api/members')).json()) as Output<typeof members.list>
  const id = theirs[0]?.userId ?? ''
  expect((await people()).members).toHaveLength(1)
  expect((await admin.send('PUT', `/api/members/${id}`, STAFF)).status).toBe(404)
  const { roleId } = (await (
    await elsewhere.send('POST', '/api/roles', { name: 'x', permissions: ['sales.read'] })
  ).json()) as { roleId: string }
  expect((await invite({ email: 'e@shop.example', role: 'custom', customRoleId: roleId })).status).toBe(404)
  expect((await invite({ email: 'e@shop.example', shopIds: [elsewhere.merchantId] })).status).toBe(404)
})

/** A merchant with a colleague of each role, who are told what happens by rules. */
import type { InboxView } from '@choba/shared/contracts/notes.ts'
import type { NotificationRule, NotificationRulesView } from '@choba/shared/contracts/notifications.ts'
import type { NotificationKind } from '@choba/shared/notification-kinds.ts'
import { type Role, ROLES } from '@choba/shared/permissions.ts'
import { taskHandlers } from '../app.ts'
import { uuidv7 } from '../core/uuid.ts'
import { createTestApp, type TestApp, type TestClient } from './app.ts'
import { addConnections, type TestMerchant } from './factory.ts'

export type NewsHouse = {
  readonly app: TestApp
  readonly merchant: TestMerchant
  readonly clients: Record<Role, TestClient>
  readonly ids: Readonly<Record<Role, string>>
  now(): Date
  goTo(instant: Date): void
}

export const PLAIN_RULE = {
  isActive: true,
  fromYen: null,
  days: null,
  shopIds: null,
  roles: [],
  userIds: [],
  toActor: false,
  inInbox: true,
  byMail: false,
  digestHour: null,
} satisfies Omit<NotificationRule, 'id' | 'kind'>

export async function openNewsHouse(): Promise<NewsHouse> {
  let now = new Date('2026-11-20T03:00:00Z')
  const app = await createTestApp({ clock: { now: () => now } })
  const merchant = await addConnections(app.deps.db.owner, app.merchantId, app.shopIds)
  const clients = {} as Record<Role, TestClient>
  for (const role of ROLES) clients[role] = await app.signIn(role)
  const { people } = await rulesOf(clients.admin)
  const idOf = (role: Role) => people.find(({ name }) => name === `${role} 太郎`)?.id ?? ''
  const ids = {
    staff: idOf('staff'),
    accountant: idOf('accountant'),
    admin: idOf('admin'),
    read_only: idOf('read_only'),
  }
  const goTo = (instant: Date) => void (now = instant)
  return { app, merchant, clients, ids, now: () => now, goTo }
}

/** No rules, nothing told, no mail: each test makes its own. */
export async function forgetNews({ app }: NewsHouse): Promise<void> {
  for (const table of ['notificationRule', 'notification', 'outgoingMail', 'mailSetting'] as const)
    await app.deps.db.owner.deleteFrom(table).execute()
}

export async function rulesOf(client: TestClient): Promise<NotificationRulesView> {
  return (await (await client.get('/api/notification-rules')).json()) as NotificationRulesView
}

/** A rule that has looked once: what stands by then is no news to it. */
export async function addRule(
  house: NewsHouse,
  kind: NotificationKind,
  what: Partial<NotificationRule>,
): Promise<string> {
  const id = uuidv7()
  const body = { id, kind, ...PLAIN_RULE, ...what }
  const answer = await house.clients.admin.send('POST', '/api/notification-rules', body)
  if (answer.status !== 200) throw new Error(await answer.text())
  await look(house)
  return id
}

export async function look({ app }: NewsHouse): Promise<void> {
  await taskHandlers(app.deps)['notifications:look']?.({}, {} as never)
}

export async function inboxOf({ clients }: NewsHouse, role: Role): Promise<InboxView> {
  return (await (await clients[role].get('/api/inbox')).json()) as InboxView
}

/** What happened, newest first, with how many came together. */
export async function heard(house: NewsHouse, role: Role): Promise<string[]> {
  const { items } = await inboxOf(house, role)
  return items.map((item) => (item.kind === 'happened' ? `${item.what} ${item.count}` : item.kind))
}

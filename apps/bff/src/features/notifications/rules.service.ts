import { isDeepStrictEqual } from 'node:util'
import type { Kysely } from 'kysely'
import type { Parsed } from '@choba/shared/contract.ts'
import {
  MOST_NOTIFICATION_RULES,
  type NotificationRule,
  type NotificationRuleChange,
  type notificationRules,
  type NotificationRulesView,
} from '@choba/shared/contracts/notifications.ts'
import { NOTIFICATION_KIND_NAMES, type NotificationKind, notificationKind } from '@choba/shared/notification-kinds.ts'
import { type Holder, may, type Permission, ROLES } from '@choba/shared/permissions.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { lockSetting } from '../../db/lock-setting.ts'
import { listColleagues } from '../../db/people.ts'
import type { Database } from '../../db/schema.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { hasMail } from '../../jobs/queue-mail.ts'
import {
  countOwnShops,
  deleteRule,
  insertRule,
  listOwnRoles,
  listRules,
  type RuleRecord,
  updateRule,
} from './rules.queries.ts'

export type RuleDeps = { readonly db: Db }

export async function getRules({ db }: RuleDeps, { merchantId }: Session): Promise<NotificationRulesView> {
  const reader = db.merchant(merchantId)
  const [rules, people, roles, isMailed] = await Promise.all([
    listRules(reader, merchantId),
    listColleagues(db.owner, merchantId),
    listOwnRoles(reader, merchantId),
    hasMail(reader, merchantId),
  ])
  const order = (kind: NotificationKind) => NOTIFICATION_KIND_NAMES.indexOf(kind)
  return {
    rules: rules.map(toRule).toSorted((a, b) => order(a.kind) - order(b.kind)),
    hasMail: isMailed,
    people: people.map(({ userId, name, permissions }) => ({ id: userId, name, kinds: kindsFor({ permissions }) })),
    roles: roles.map(({ roleId, name, permissions }) => ({
      id: roleId,
      name,
      // What a later version knew and this one does not gives nothing.
      kinds: kindsFor({ permissions: permissions as Permission[] }),
    })),
  }
}

/** @throws AppError idempotency.conflict when the id is another rule's; request.invalid */
export async function addRule(
  deps: RuleDeps,
  session: Session,
  { id: ruleId, kind, ...wished }: Parsed<typeof notificationRules.create>['body'],
): Promise<NotificationRulesView> {
  const { merchantId } = session
  const what = fitted(kind, wished)
  await changeRules(deps, merchantId, async (tx) => {
    const rules = await listRules(tx, merchantId)
    const same = rules.find((rule) => rule.ruleId === ruleId)
    if (same !== undefined) {
      if (isDeepStrictEqual(toRule(same), { id: ruleId, kind, ...what })) return
      throw new AppError('idempotency.conflict', { id: ruleId })
    }
    if (rules.length >= MOST_NOTIFICATION_RULES) throw invalid('id', `no more than ${MOST_NOTIFICATION_RULES} rules`)
    await refuseUnknown(deps, tx, merchantId, what)
    await insertRule(tx, { merchantId, ruleId, kind, ...what })
    await begin(tx)
    await audit(tx, { ...entryOf(session, ruleId), action: 'notification_rule.create', after: { kind, ...what } })
  })
  return getRules(deps, session)
}

/** One that begins again tells of what happens from then on. @throws AppError resource.not_found, request.invalid */
export async function changeRule(
  deps: RuleDeps,
  session: Session,
  ruleId: string,
  wished: NotificationRuleChange,
): Promise<NotificationRulesView> {
  const { merchantId } = session
  await changeRules(deps, merchantId, async (tx) => {
    const found = (await listRules(tx, merchantId)).find((rule) => rule.ruleId === ruleId)
    if (found === undefined) throw new AppError('resource.not_found', { id: ruleId })
    const { id: _, kind, ...before } = toRule(found)
    const what = fitted(kind, wished)
    if (isDeepStrictEqual(before, what)) return
    await refuseUnknown(deps, tx, merchantId, addedTo(before, what))
    const isAgain = what.isActive && !before.isActive
    await updateRule(tx, { merchantId, ruleId }, { ...what, ...(isAgain && { begunAt: null }) })
    if (isAgain) await begin(tx)
    const told = { before: { kind, ...before }, after: { kind, ...what } }
    await audit(tx, { ...entryOf(session, ruleId), action: 'notification_rule.change', ...told })
  })
  return getRules(deps, session)
}

export async function removeRule(deps: RuleDeps, session: Session, ruleId: string): Promise<NotificationRulesView> {
  const { merchantId } = session
  await changeRules(deps, merchantId, async (tx) => {
    const found = (await listRules(tx, merchantId)).find((rule) => rule.ruleId === ruleId)
    if (found === undefined) return
    await deleteRule(tx, found)
    const { id: _, ...before } = toRule(found)
    await audit(tx, { ...entryOf(session, ruleId), action: 'notification_rule.remove', before })
  })
  return getRules(deps, session)
}

function changeRules(
  { db }: RuleDeps,
  merchantId: string,
  work: (tx: Kysely<Database>) => Promise<void>,
): Promise<void> {
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      await lockSetting(tx, merchantId, 'notification_rules')
      await work(tx)
    })
}

/** A rule's first look says what is no news; what happens in the minute until the next would be lost with it. */
function begin(tx: Kysely<Database>): Promise<void> {
  return enqueue(tx, 'notifications:look', {}, { jobKey: 'notifications:look' })
}

function entryOf(session: Session, ruleId: string) {
  const { merchantId } = session
  return { merchantId, actor: person(session), subject: { kind: 'notification_rule', id: ruleId } }
}

/** What a kind has no use for is not kept. @throws AppError request.invalid for a rule that tells nobody, or in no way */
function fitted(kind: NotificationKind, wished: NotificationRuleChange): NotificationRuleChange {
  const { days, hasShop, hasAmount, hasActor } = notificationKind(kind)
  const toActor = hasActor === true && wished.toActor
  if (wished.roles.length === 0 && wished.userIds.length === 0 && !toActor) throw invalid('roles', 'nobody is named')
  if (!wished.inInbox && !wished.byMail) throw invalid('inInbox', 'neither by mail nor in the inbox')
  return {
    ...wished,
    fromYen: hasAmount ? wished.fromYen : null,
    days: days === undefined ? null : (wished.days ?? days),
    shopIds: hasShop ? wished.shopIds && [...new Set(wished.shopIds)].toSorted() : null,
    roles: [...new Set(wished.roles)].toSorted(),
    userIds: [...new Set(wished.userIds)].toSorted(),
    toActor,
    digestHour: wished.byMail ? wished.digestHour : null,
  }
}

/** Who left since they were named may stay named: nothing reaches them, and the rule can still be changed. */
function addedTo(before: Named, what: Named): Named {
  const known = before.shopIds ?? []
  const shopIds = what.shopIds?.filter((id) => !known.includes(id)) ?? []
  return {
    shopIds: shopIds.length === 0 ? null : shopIds,
    roles: what.roles.filter((role) => !before.roles.includes(role)),
    userIds: what.userIds.filter((id) => !before.userIds.includes(id)),
  }
}

type Named = Pick<NotificationRuleChange, 'shopIds' | 'roles' | 'userIds'>

/** @throws AppError request.invalid for a shop, role or member that is not the merchant's */
async function refuseUnknown(
  { db }: RuleDeps,
  tx: Kysely<Database>,
  merchantId: string,
  { shopIds, roles, userIds }: Named,
): Promise<void> {
  if (shopIds !== null && (await countOwnShops(tx, merchantId, shopIds)) !== shopIds.length)
    throw invalid('shopIds', 'not a shop of the merchant')
  const own = new Set<string>([...ROLES, ...(await listOwnRoles(tx, merchantId)).map(({ roleId }) => roleId)])
  const foreign = roles.find((role) => !own.has(role))
  if (foreign !== undefined) throw invalid('roles', `not a role of the merchant: ${foreign}`)
  const people = new Set((await listColleagues(db.owner, merchantId)).map(({ userId }) => userId))
  const stranger = userIds.find((id) => !people.has(id))
  if (stranger !== undefined) throw invalid('userIds', `not a member: ${stranger}`)
}

function invalid(path: string, message: string): AppError {
  return new AppError('request.invalid', { issues: [{ path, message }] })
}

function kindsFor(holder: Holder): NotificationKind[] {
  return NOTIFICATION_KIND_NAMES.filter((kind) => may(holder, notificationKind(kind).permission))
}

function toRule(record: RuleRecord): NotificationRule {
  const { merchantId: _, ruleId: id, begunAt: _begun, createdAt: _made, ...what } = record
  // Roles were checked when they were named.
  return { id, ...what, roles: what.roles as NotificationRule['roles'] }
}

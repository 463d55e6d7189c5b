/**
 * The look that a job takes every minute: what a rule has not dealt with is told to whom it names, each happening to each
 * person once. A rule is dealt with in one transaction, so that a process that dies leaves all of it to the next look.
 */
import { addDays, atTime, dayOf } from '@choba/shared/dates.ts'
import { notificationKind } from '@choba/shared/notification-kinds.ts'
import { may } from '@choba/shared/permissions.ts'
import type { Kysely } from 'kysely'
import type { Clock } from '../../core/clock.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Db } from '../../db/client.ts'
import { listConnectionIds } from '../../db/connection-ids.ts'
import { type Colleague, listColleagues } from '../../db/people.ts'
import type { Database } from '../../db/schema.ts'
import { tellPages } from '../../db/tell-pages.ts'
import { hasMail } from '../../jobs/queue-mail.ts'
import { type Happening, listUnseen, type Look, markAllSeen, markSeen } from './happenings.queries.ts'
import { listActiveRules, lockRule, type RuleKey, type RuleRecord, updateRule } from './rules.queries.ts'
import { insertTold } from './told.queries.ts'

export type LookDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly providerClocks: ProviderClocks
  /** How many lines of a statement are not as they were expected. */
  readonly countDifferences: (db: Kysely<Database>, merchantId: string, statementId: string) => Promise<number>
}

/** Of one rule at one look; the rest has its turn a minute later. */
const MOST_AT_ONCE = 500

export async function lookForNews(deps: LookDeps): Promise<void> {
  const rules = await listActiveRules(deps.db.owner)
  for (const merchantId of new Set(rules.map((rule) => rule.merchantId))) {
    const look = await lookOf(deps, merchantId)
    const people = await listColleagues(deps.db.owner, merchantId)
    for (const key of rules.filter((rule) => rule.merchantId === merchantId)) await follow(deps, look, people, key)
  }
}

async function lookOf({ db, clock, providerClocks }: LookDeps, merchantId: string): Promise<Look> {
  const connections = await listConnectionIds(db.merchant(merchantId), merchantId)
  return {
    merchantId,
    now: clock.now(),
    moments: connections.map((connectionId) => {
      const now = providerClocks.now(connectionId)
      return { connectionId, now, today: dayOf(now) }
    }),
  }
}

async function follow(deps: LookDeps, look: Look, people: readonly Colleague[], key: RuleKey): Promise<void> {
  await deps.db
    .merchant(key.merchantId)
    .transaction()
    .execute(async (tx) => {
      const rule = await lockRule(tx, key)
      if (rule === undefined) return
      if (rule.begunAt === null) {
        await markAllSeen(tx, look, rule)
        return updateRule(tx, key, { begunAt: look.now })
      }
      const found = await listUnseen(tx, look, rule, MOST_AT_ONCE)
      if (found.length === 0) return
      await markSeen(
        tx,
        look,
        rule,
        found.map(({ cause }) => cause),
      )
      await tell(tx, look, rule, people, await worthTelling(deps, tx, rule, found))
    })
}

/** A statement is compared once, when it has come in; only one that differs is news. */
async function worthTelling(
  { countDifferences }: LookDeps,
  tx: Kysely<Database>,
  rule: RuleRecord,
  found: Happening[],
): Promise<Happening[]> {
  if (rule.kind !== 'payout_differs') return found
  const kept: Happening[] = []
  for (const each of found) if ((await countDifferences(tx, rule.merchantId, each.cause)) > 0) kept.push(each)
  return kept
}

async function tell(
  tx: Kysely<Database>,
  look: Look,
  rule: RuleRecord,
  people: readonly Colleague[],
  found: readonly Happening[],
): Promise<void> {
  const { merchantId, now } = look
  const { kind, inInbox } = rule
  const byMail = rule.byMail && (await hasMail(tx, merchantId))
  if (!inInbox && !byMail) return
  const mailAt = byMail ? mailTime(now, rule.digestHour) : null
  const told = people.flatMap((person) => {
    const batchId = uuidv7()
    return found
      .filter((each) => isFor(rule, person, each))
      .map(({ actorId: _, ...happening }) => {
        const row = { ...happening, merchantId, userId: person.userId, notificationId: uuidv7(), kind, batchId }
        return { ...row, toldAt: now, inInbox, byMail, mailAt }
      })
  })
  await insertTold(tx, told)
  if (told.length > 0) await tellPages(tx, merchantId, [...new Set(told.flatMap(({ paymentId }) => paymentId ?? []))])
}

/** The next time it is that hour in Japan. */
function mailTime(now: Date, digestHour: number | null): Date {
  if (digestHour === null) return now
  const today = atTime(dayOf(now), digestHour)
  return today > now ? today : atTime(addDays(dayOf(now), 1), digestHour)
}

const FILES: ReadonlyArray<RuleRecord['kind']> = ['export_finished', 'export_failed', 'schedule_failed']

/** Named by the rule, and let see it by role and shops; nobody is asked to approve what they asked for themselves. */
function isFor(rule: RuleRecord, person: Colleague, { shopId, actorId }: Happening): boolean {
  const isActor = person.userId === actorId
  const role = person.customRoleId ?? person.role
  const isNamed = rule.roles.includes(role) || rule.userIds.includes(person.userId) || (rule.toActor && isActor)
  if (!isNamed || !mayHear(person, rule.kind, shopId)) return false
  if (rule.kind === 'approval_asked') return !isActor
  // A file holds what whoever asked for it could see, which may be every shop.
  const isFile = FILES.includes(rule.kind)
  return !isFile || isActor || person.shops === 'all'
}

export function mayHear(person: Colleague, kind: RuleRecord['kind'], shopId: string | null): boolean {
  const sees = shopId === null || person.shops === 'all' || person.shops.includes(shopId)
  return sees && may(person, notificationKind(kind).permission)
}

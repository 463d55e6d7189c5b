import type { Output, Parsed } from '@choba/shared/contract.ts'
import { MOST_TAGS, type tags } from '@choba/shared/contracts/tags.ts'
import { audit, auditMany } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { tellPages } from '../../db/tell-pages.ts'
import { listTags, lockPayments, lockTags, type PaymentMark, putMarks, putTag, removeMarks } from './tags.queries.ts'

export type TagDeps = { readonly db: Db; readonly clock: Clock }
type Answer = Output<typeof tags.list>
type Tag = Answer['items'][number]

export async function getTags({ db }: TagDeps, { merchantId }: Session): Promise<Answer> {
  return { items: await listTags(db.merchant(merchantId), merchantId) }
}

/** @throws AppError tag.name_taken by another tag in use; tag.too_many */
export async function keepTag(
  deps: TagDeps,
  session: Session,
  tagId: string,
  content: Parsed<typeof tags.put>['body'],
): Promise<Answer> {
  const { merchantId } = session
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const known = await lockTags(tx, merchantId)
      const before = known.find(({ id }) => id === tagId)
      if (before !== undefined && isSame(before, content)) return
      if (before === undefined && known.length >= MOST_TAGS) throw new AppError('tag.too_many', { most: MOST_TAGS })
      if (!content.isArchived) refuseSameName(known, tagId, content.name)
      await putTag(tx, merchantId, tagId, { ...content, changedAt: deps.clock.now() })
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: before === undefined ? 'tag.add' : 'tag.change',
        subject: { kind: 'tag', id: tagId },
        ...(before !== undefined && { before: contentOf(before) }),
        after: contentOf(content),
      })
    })
  return getTags(deps, session)
}

/**
 * What stands already stays as it is, so that the same wish again changes nothing.
 * @throws AppError resource.not_found for a payment or a tag that is not the merchant's; tag.archived when one to put on is
 */
export async function markPayments(
  deps: TagDeps,
  session: Session,
  { paymentIds, add, remove }: Parsed<typeof tags.mark>['body'],
): Promise<Output<typeof tags.mark>> {
  const { merchantId } = session
  return deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const known = new Map((await listTags(tx, merchantId)).map((tag) => [tag.id, tag]))
      for (const id of [...add, ...remove]) if (!known.has(id)) throw new AppError('resource.not_found', { id })
      for (const id of add) if (known.get(id)?.isArchived === true) throw new AppError('tag.archived', { id })
      const asked = [...new Set(paymentIds)]
      const payments = await lockPayments(tx, merchantId, asked)
      const found = new Set(payments.map(({ paymentId }) => paymentId))
      for (const id of asked) if (!found.has(id)) throw new AppError('resource.not_found', { id })
      // One named in both is put on: what is wished for last in a dialog is what its reader sees.
      const off = remove.filter((id) => !add.includes(id))
      const removed = await removeMarks(tx, merchantId, payments, off)
      const added = await putMarks(tx, merchantId, payments, [...new Set(add)])
      const changed = [...new Set([...added, ...removed].map(({ paymentId }) => paymentId))]
      if (changed.length === 0) return { changed: 0 }
      const names = namesOf(known)
      const [on, gone] = [names(added), names(removed)]
      await auditMany(
        tx,
        changed.map((paymentId) => ({
          merchantId,
          actor: person(session),
          action: 'payment.tag',
          subject: { kind: 'payment', id: paymentId },
          before: { tags: gone(paymentId) },
          after: { tags: on(paymentId) },
        })),
      )
      await tellPages(tx, merchantId, changed)
      return { changed: changed.length }
    })
}

/** The names of a payment's marks, each payment's looked up in one pass. */
function namesOf(known: ReadonlyMap<string, Tag>) {
  return (marks: readonly PaymentMark[]) => {
    const byPayment = Map.groupBy(marks, ({ paymentId }) => paymentId)
    return (paymentId: string) =>
      (byPayment.get(paymentId) ?? []).map(({ tagId }) => known.get(tagId)?.name ?? tagId).toSorted()
  }
}

function refuseSameName(known: readonly Tag[], tagId: string, name: string): void {
  const isTaken = known.some(
    (tag) => tag.id !== tagId && !tag.isArchived && tag.name.toLowerCase() === name.toLowerCase(),
  )
  if (isTaken) throw new AppError('tag.name_taken', { name })
}

function contentOf({ name, colour, isArchived }: Omit<Tag, 'id'>): Omit<Tag, 'id'> {
  return { name, colour, isArchived }
}

function isSame(one: Omit<Tag, 'id'>, other: Omit<Tag, 'id'>): boolean {
  return one.name === other.name && one.colour === other.colour && one.isArchived === other.isArchived
}

/** Invitations: made by an admin, accepted once by whoever holds the link. */
import { createHash, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type * as z from 'zod/mini'
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { invitationAcceptance, InvitationSight, members } from '@choba/shared/contracts/members.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { jstIso } from '@choba/shared/dates.ts'
import { fill, LANGUAGES } from '@choba/shared/labels/labels.ts'
import type { TextTemplate } from '@choba/shared/text-templates.ts'
import { findText } from '../../db/text-templates.ts'
import { queueMail } from '../../jobs/queue-mail.ts'
import type { Database } from '../../db/schema.ts'
import {
  insertInvitation,
  lockOpenInvitation,
  markAccepted,
  type OpenInvitation,
  withdrawInvitations,
} from './invitations.queries.ts'
import { insertMember, isKnown, lockPeople } from './members.queries.ts'
import type { MemberDeps } from './members.service.ts'
import { checkPlace, refuseBeyondOwn } from './place.ts'

export type InvitationDeps = MemberDeps & {
  /** Where the console answers: links in mails begin with it. */
  readonly address: string
  readonly accounts: {
    /** Makes the account of a person, and answers its id. */
    create(
      tx: Kysely<Database>,
      account: { readonly email: string; readonly name: string; readonly password: string },
    ): Promise<string>
  }
}

const VALID_DAYS = 7
const DAY_MS = 86_400_000
const TOKEN_BYTES = 32

/** @throws AppError member.known, member.beyond_own, request.invalid, resource.not_found */
export async function invite(
  { db, clock, address }: InvitationDeps,
  session: Session,
  { email, ...place }: Parsed<typeof members.invite>['body'],
): Promise<Output<typeof members.invite>> {
  const { merchantId } = session
  const invitationId = uuidv7()
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const invitedAt = clock.now()
  const expiresAt = new Date(invitedAt.getTime() + VALID_DAYS * DAY_MS)
  const isMailed = await db.owner.transaction().execute(async (tx) => {
    await lockPeople(tx, merchantId)
    await checkPlace(tx, merchantId, place)
    await refuseBeyondOwn(tx, session, place)
    if (await isKnown(tx, email)) throw new AppError('member.known')
    await withdrawInvitations(tx, merchantId, { email }, invitedAt)
    const dates = { invitedBy: session.userId, invitedAt, expiresAt }
    await insertInvitation(tx, { merchantId, invitationId, email, ...place, tokenHash: hashOf(token), ...dates })
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'invitation.make',
      subject: { kind: 'invitation', id: invitationId },
      after: { email, ...place, expiresAt },
    })
    const about = { name: session.name, link: `${address}/join#${token}`, expiresAt }
    const letter = await invitationLetter(tx, merchantId, about)
    return queueMail(tx, { merchantId, kind: 'invitation', cause: `invitation:${invitationId}`, to: email, ...letter })
  })
  return { invitationId, token, expiresAt: expiresAt.toISOString(), isMailed }
}

/** @throws AppError resource.not_found when it is not open */
export async function withdraw(
  { db, clock }: MemberDeps,
  session: Session,
  invitationId: string,
): Promise<{ done: true }> {
  const { merchantId } = session
  await db.owner.transaction().execute(async (tx) => {
    const [email] = await withdrawInvitations(tx, merchantId, { invitationId }, clock.now())
    if (email === undefined) throw new AppError('resource.not_found', { id: invitationId })
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'invitation.withdraw',
      subject: { kind: 'invitation', id: invitationId },
      before: { email },
    })
  })
  return { done: true }
}

/** What the link shows before it is used. @throws AppError invitation.not_open */
export function lookAtInvitation({ db, clock }: MemberDeps, token: string): Promise<InvitationSight> {
  return db.owner.transaction().execute(async (tx) => {
    const { email, merchant } = await getOpen(tx, token, clock.now())
    return { email, merchant }
  })
}

/** @throws AppError invitation.not_open, member.known */
export async function acceptInvitation(
  { db, clock, accounts }: InvitationDeps,
  { token, name, password }: z.output<typeof invitationAcceptance>,
): Promise<InvitationSight> {
  const now = clock.now()
  return db.owner.transaction().execute(async (tx) => {
    const open = await getOpen(tx, token, now)
    const { merchantId, invitationId, email, merchant, role, customRoleId, shopIds } = open
    if (await isKnown(tx, email)) throw new AppError('member.known')
    const userId = await accounts.create(tx, { email, name, password })
    await insertMember(tx, { merchantId, userId, role, customRoleId, shopIds })
    await markAccepted(tx, open, now)
    await audit(tx, {
      merchantId,
      actor: person({ userId }),
      action: 'invitation.accept',
      subject: { kind: 'invitation', id: invitationId },
      after: { userId, email, role, customRoleId, shopIds },
    })
    return { email, merchant }
  })
}

async function getOpen(tx: Kysely<Database>, token: string, now: Date): Promise<OpenInvitation> {
  const open = await lockOpenInvitation(tx, hashOf(token), now)
  if (open === undefined) throw new AppError('invitation.not_open')
  return open
}

/** In both languages: nobody knows yet which one they read. */
async function invitationLetter(
  tx: Kysely<Database>,
  merchantId: string,
  { name, link, expiresAt }: { readonly name: string; readonly link: string; readonly expiresAt: Date },
): Promise<{ readonly subject: string; readonly text: string }> {
  const until = jstIso(expiresAt).slice(0, 16).replace('T', ' ')
  const values = { inviter: name, link, until }
  const letters: TextTemplate[] = []
  for (const language of LANGUAGES) letters.push(await findText(tx, merchantId, 'invitation', language))
  return {
    subject: letters.map(({ subject }) => fill(subject, values)).join(' / '),
    text: letters.map(({ body }) => fill(body, values)).join('\n\n'),
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

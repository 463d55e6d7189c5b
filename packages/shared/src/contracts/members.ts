/** The people of a merchant: who may sign in, what they may do, and for which shops. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { PERMISSIONS, ROLE_CODES } from '../permissions.ts'

/** A role and the shops it is held for. `customRoleId` goes with the role `custom`, and `shopIds: null` means all. */
const place = z.object({
  role: z.enum(ROLE_CODES),
  customRoleId: z.nullable(z.uuid()),
  shopIds: z.nullable(z.array(z.uuid()).check(z.minLength(1), z.maxLength(500))),
})
export type MemberPlace = z.infer<typeof place>

const member = z.extend(place, {
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  roleName: z.nullable(z.string()),
  deactivatedAt: z.nullable(z.string()),
  lastSignInAt: z.nullable(z.string()),
  /** An authenticator app or a passkey beside the password. */
  hasSecondFactor: z.boolean(),
  /** Sessions that have not ended. */
  sessions: z.int(),
})
export type Member = z.infer<typeof member>

const invitation = z.extend(place, {
  invitationId: z.string(),
  email: z.string(),
  roleName: z.nullable(z.string()),
  invitedAt: z.string(),
  expiresAt: z.string(),
})
export type Invitation = z.infer<typeof invitation>

const customRole = z.object({
  roleId: z.string(),
  name: z.string(),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** Members and open invitations that hold it. */
  holders: z.int(),
})
export type CustomRole = z.infer<typeof customRole>

const roleBody = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
  permissions: z.array(z.enum(PERMISSIONS)).check(z.minLength(1)),
})
const done = z.object({ done: z.literal(true) })
const email = z.string().check(z.trim(), z.toLowerCase(), z.email(), z.maxLength(254))

const permission = 'people.manage'

export const members = {
  list: contract({
    method: 'GET',
    path: '/api/members',
    permission,
    response: z.object({
      members: z.array(member),
      invitations: z.array(invitation),
      roles: z.array(customRole),
    }),
  }),
  change: contract({
    method: 'PUT',
    path: '/api/members/:userId',
    permission,
    body: place,
    response: done,
    errors: ['resource.not_found', 'member.last_admin', 'member.beyond_own'],
  }),
  /** Ends their sessions; what they did stays theirs. */
  deactivate: contract({
    method: 'POST',
    path: '/api/members/:userId/deactivate',
    permission,
    response: done,
    errors: ['resource.not_found', 'member.last_admin', 'member.beyond_own'],
  }),
  reactivate: contract({
    method: 'POST',
    path: '/api/members/:userId/reactivate',
    permission,
    response: done,
    errors: ['resource.not_found', 'member.beyond_own'],
  }),
  endSessions: contract({
    method: 'POST',
    path: '/api/members/:userId/end-sessions',
    permission,
    response: z.object({ ended: z.int() }),
    errors: ['resource.not_found', 'member.beyond_own'],
  }),
  /** An open invitation to the same address ends: its link opens no more. */
  invite: contract({
    method: 'POST',
    path: '/api/invitations',
    permission,
    body: z.extend(place, { email }),
    /** The token stands in the link once; it is kept as a hash only. */
    response: z.object({
      invitationId: z.string(),
      token: z.string(),
      expiresAt: z.string(),
      /** It also leaves as mail, where the merchant has that set up. */
      isMailed: z.boolean(),
    }),
    errors: ['member.known', 'member.beyond_own', 'resource.not_found'],
  }),
  withdraw: contract({
    method: 'DELETE',
    path: '/api/invitations/:invitationId',
    permission,
    response: done,
    errors: ['resource.not_found'],
  }),
  addRole: contract({
    method: 'POST',
    path: '/api/roles',
    permission,
    body: roleBody,
    response: z.object({ roleId: z.string() }),
    errors: ['role.known', 'member.beyond_own'],
  }),
  changeRole: contract({
    method: 'PUT',
    path: '/api/roles/:roleId',
    permission,
    body: roleBody,
    response: done,
    errors: ['role.known', 'member.beyond_own', 'resource.not_found'],
  }),
  removeRole: contract({
    method: 'DELETE',
    path: '/api/roles/:roleId',
    permission,
    response: done,
    errors: ['role.in_use', 'member.beyond_own', 'resource.not_found'],
  }),
} as const

/** The one invited has no session yet: these two stand beside sign-in, and the token is the key. */
export const INVITATION_LOOK_PATH = '/api/auth/sign-up/look'
export const INVITATION_ACCEPT_PATH = '/api/auth/sign-up/accept'
export const LEAST_PASSWORD_LENGTH = 12

const token = z.string().check(z.regex(/^[\w-]{43}$/))
export const invitationLook = z.object({ token })
export const invitationAcceptance = z.object({
  token,
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
  password: z.string().check(z.minLength(LEAST_PASSWORD_LENGTH), z.maxLength(128)),
})
export type InvitationSight = { readonly email: string; readonly merchant: string }

import type { Permission, RoleCode } from '@choba/shared/permissions.ts'

/** Who calls, for whom, and what they may do: resolved from the cookie on every request. */
export type Session = {
  readonly userId: string
  readonly merchantId: string
  /** For display and the log; never asked for a right. */
  readonly role: RoleCode
  /** The merchant's own name of the role; null for the built-in ones. */
  readonly roleName: string | null
  readonly permissions: readonly Permission[]
  /** The shops whose rows this person sees and acts on. */
  readonly shops: 'all' | readonly string[]
  /** The merchant asks for a second factor and there is none yet: nothing that needs a permission is done before. */
  readonly needsSecondFactor?: true
  readonly name: string
  readonly email: string
}

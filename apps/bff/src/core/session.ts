import type { Role } from '@choba/shared/permissions.ts'

/** Who calls, for whom, and in which role: resolved from the cookie on every request. */
export type Session = {
  readonly userId: string
  readonly merchantId: string
  readonly role: Role
  readonly name: string
  readonly email: string
}

import type { Generated } from 'kysely'
import type { RoleCode } from '@choba/shared/permissions.ts'

/** A person at a merchant, and what they may do there. */
export interface MemberTable {
  merchantId: string
  userId: string
  role: RoleCode
  /** With the role `custom` only. */
  customRoleId: Generated<string | null>
  /** The shops whose rows they see and act on; null for all, of tomorrow too. */
  shopIds: Generated<string[] | null>
  deactivatedAt: Generated<Date | null>
}

/** A role of the merchant's own, from the same permissions as the built-in ones. */
export interface CustomRoleTable {
  merchantId: string
  roleId: string
  name: string
  permissions: string[]
  createdAt: Generated<Date>
}

/** Open while neither accepted, withdrawn nor expired. */
export interface InvitationTable {
  merchantId: string
  invitationId: string
  email: string
  role: RoleCode
  customRoleId: string | null
  shopIds: string[] | null
  /** SHA-256 of the token in the link. */
  tokenHash: Buffer
  invitedBy: string
  invitedAt: Date
  expiresAt: Date
  acceptedAt: Generated<Date | null>
  withdrawnAt: Generated<Date | null>
}

/** What a merchant asks of everybody who signs in. */
export interface MerchantSecurityTable {
  merchantId: string
  adminsNeedSecondFactor: Generated<boolean>
  /** Networks as CIDR; none means everywhere. */
  allowedAddresses: Generated<string[]>
}

/** Sign-in by a merchant's own issuer. */
export interface OidcIssuerTable {
  merchantId: string
  name: string
  issuerUrl: string
  clientId: string
  /** The client secret, sealed for `issuer:<merchantId>`. */
  secretBox: string
  mailDomain: string | null
  isOn: boolean
}

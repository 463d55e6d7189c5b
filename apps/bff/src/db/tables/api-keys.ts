export interface ApiKeyTable {
  merchantId: string
  keyId: string
  name: string
  /** The first letters of the token, by which a person knows it again. */
  hint: string
  tokenHash: Buffer
  permissions: string[]
  createdBy: string
  createdAt: Date
  expiresAt: Date
  lastUsedAt: Date | null
  revokedAt: Date | null
  revokedBy: string | null
}

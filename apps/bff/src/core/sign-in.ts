/** How somebody showed who they are, and whom a failed try was for, as far as that is known. */
export const SIGN_IN_METHODS = ['password', 'code', 'backup_code', 'passkey', 'issuer'] as const
export type SignInMethod = (typeof SIGN_IN_METHODS)[number]

export type Claimed =
  | { readonly email: string }
  /** The password was right, a code is asked for: what the browser carries meanwhile. */
  | { readonly challenge: string }
  | { readonly credentialId: string }
  | { readonly userId: string }

/** Who hears of it. */
export type SignInLog = {
  /** Told before the session is handed out. */
  signedIn(userId: string, method: SignInMethod): Promise<void>
  /** Told afterwards: the answer must not take longer for whom we know. */
  failed(claimed: Claimed, method: SignInMethod): void
}

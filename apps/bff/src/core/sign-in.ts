/** How somebody showed who they are, and whom a failed try was for, as far as that is known. */
export const SIGN_IN_METHODS = ['password', 'code', 'backup_code', 'passkey', 'issuer'] as const
export type SignInMethod = (typeof SIGN_IN_METHODS)[number]

export type Claimed = { readonly email: string } | { readonly credentialId: string } | { readonly userId: string }

/** Who hears of it. */
export type SignInLog = {
  /** Told before the session is handed out. */
  signedIn(userId: string, method: SignInMethod): Promise<void>
  /**
   * Whose code is asked for: the password was right, and the browser carries `challenge` meanwhile. Asked before the code is
   * looked at: the right one ends the challenge.
   */
  challenged(challenge: string): Promise<string | undefined>
  /** Told afterwards: the answer must not take longer for whom we know. */
  failed(claimed: Claimed, method: SignInMethod): void
}

/** Sign-in by somebody else's account (OpenID Connect): authorization code with PKCE, spoken by openid-client (ADR 31). */
import * as oidc from 'openid-client'
import { AppError } from '../core/app-error.ts'
import type { SecretBox } from '../core/secret-box.ts'

export type IssuerClient = {
  readonly issuerUrl: string
  readonly clientId: string
  readonly clientSecret: string
}

export type Issuers = {
  /** Whether there is an issuer at this address. @throws AppError issuer.unreachable */
  check(client: IssuerClient): Promise<void>
  /** Where the browser goes, and what it keeps meanwhile, sealed. @throws AppError issuer.unreachable */
  begin(client: IssuerClient, ask: { readonly merchantId: string; readonly redirectUri: string }): Promise<Begun>
  /** Whose merchant the browser was sent out for. @throws AppError issuer.not_accepted */
  merchantOf(kept: string): string
  /** The verified address of whoever comes back. @throws AppError issuer.not_accepted, issuer.unreachable */
  finish(client: IssuerClient, kept: string, returned: URL): Promise<{ readonly email: string }>
}

type Begun = { readonly location: string; readonly kept: string }
type Kept = {
  readonly merchantId: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly until: number
}

const WAY_MS = 10 * 60_000
const ANSWER_SECONDS = 10
const CONTEXT = 'issuer-way'

/** `allowLoopback` where the product plays against its own pretend providers: there an issuer without TLS may stand too. */
export function createIssuers(secrets: SecretBox, options: { readonly allowLoopback: boolean }): Issuers {
  async function discover({ issuerUrl, clientId, clientSecret }: IssuerClient): Promise<oidc.Configuration> {
    const url = new URL(issuerUrl)
    const isPlain = url.protocol !== 'https:'
    if (isPlain && !(options.allowLoopback && ['127.0.0.1', 'localhost'].includes(url.hostname)))
      throw new AppError('issuer.unreachable')
    try {
      return await oidc.discovery(url, clientId, clientSecret, undefined, {
        timeout: ANSWER_SECONDS,
        // Signatures are checked although TLS has vouched for the sender.
        execute: [oidc.enableNonRepudiationChecks, ...(isPlain ? [oidc.allowInsecureRequests] : [])],
      })
    } catch {
      throw new AppError('issuer.unreachable')
    }
  }

  function read(sealed: string): Kept {
    try {
      const kept = JSON.parse(secrets.open(sealed, CONTEXT)) as Kept // what we sealed ourselves
      if (kept.until > Date.now()) return kept
    } catch {
      // Not ours, or changed on the way: the same as none.
    }
    throw new AppError('issuer.not_accepted')
  }

  return {
    async check(client) {
      await discover(client)
    },
    async begin(client, { merchantId, redirectUri }) {
      const config = await discover(client)
      const verifier = oidc.randomPKCECodeVerifier()
      const [state, nonce] = [oidc.randomState(), oidc.randomNonce()]
      const location = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      })
      const kept: Kept = { merchantId, state, nonce, verifier, until: Date.now() + WAY_MS }
      return { location: location.href, kept: secrets.seal(JSON.stringify(kept), CONTEXT) }
    },
    merchantOf: (sealed) => read(sealed).merchantId,
    async finish(client, sealed, returned) {
      const { state, nonce, verifier } = read(sealed)
      const config = await discover(client)
      const tokens = await oidc
        .authorizationCodeGrant(config, returned, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        .catch(() => {
          throw new AppError('issuer.not_accepted')
        })
      const claims = tokens.claims()
      // An address the issuer has not verified may be anybody's.
      if (typeof claims?.['email'] !== 'string' || claims['email_verified'] !== true)
        throw new AppError('issuer.not_accepted')
      return { email: claims['email'].toLowerCase() }
    },
  }
}

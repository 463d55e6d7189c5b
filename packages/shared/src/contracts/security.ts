/** How somebody signs in and where they are signed in; what a merchant asks of everybody. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'

const done = z.object({ done: z.literal(true) })
const password = z.object({ password: z.string().check(z.maxLength(128)) })
/** What WebAuthn says, passed through to the library that checks every field of it. */
const credential = z.record(z.string(), z.unknown())
const backupCodes = z.array(z.string())
const NETWORK = /^(\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?|[0-9a-fA-F:]*:[0-9a-fA-F:.]*(\/\d{1,3})?)$/

const passkey = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.nullable(z.string()),
})
const place = z.object({
  id: z.string(),
  isThis: z.boolean(),
  since: z.string(),
  lastSeenAt: z.string(),
  address: z.nullable(z.string()),
  /** What the browser calls itself. */
  agent: z.nullable(z.string()),
})

const issuer = z.object({
  /** What people call it on the sign-in page. */
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
  issuerUrl: z.url().check(z.maxLength(300)),
  clientId: z.string().check(z.trim(), z.minLength(1), z.maxLength(300)),
  /** Only addresses of this domain; null for any. */
  mailDomain: z.nullable(z.string().check(z.trim(), z.regex(/^[a-z0-9.-]+\.[a-z]{2,}$/i), z.maxLength(253))),
  isOn: z.boolean(),
})

export const security = {
  /** One's own. */
  own: contract({
    method: 'GET',
    path: '/api/session/security',
    permission: null,
    response: z.object({
      codes: z.boolean(),
      passkeys: z.array(passkey),
      sessions: z.array(place),
      /** The merchant asks for a second factor, and there is none yet: nothing else can be done before. */
      needsSecondFactor: z.boolean(),
    }),
  }),
  startCodes: contract({
    method: 'POST',
    path: '/api/session/codes',
    permission: null,
    body: password,
    /** `otpauth://…` for the app, and the codes to keep on paper: told once. */
    response: z.object({ uri: z.string(), backupCodes }),
    errors: ['auth.invalid', 'second_factor.set_up'],
  }),
  confirmCodes: contract({
    method: 'POST',
    path: '/api/session/codes/confirm',
    permission: null,
    body: z.object({ code: z.string().check(z.regex(/^\d{6}$/)) }),
    response: done,
    errors: ['second_factor.wrong_code', 'second_factor.not_set_up'],
  }),
  stopCodes: contract({
    method: 'POST',
    path: '/api/session/codes/stop',
    permission: null,
    body: password,
    response: done,
    errors: ['auth.invalid'],
  }),
  renewBackupCodes: contract({
    method: 'POST',
    path: '/api/session/codes/backup',
    permission: null,
    body: password,
    response: z.object({ backupCodes }),
    errors: ['auth.invalid', 'second_factor.not_set_up'],
  }),
  askForPasskey: contract({
    method: 'POST',
    path: '/api/session/passkeys/options',
    permission: null,
    body: password,
    response: z.object({ options: credential, challenge: z.string() }),
    errors: ['auth.invalid'],
  }),
  addPasskey: contract({
    method: 'POST',
    path: '/api/session/passkeys',
    permission: null,
    body: z.object({
      name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
      challenge: z.string().check(z.maxLength(500)),
      response: credential,
    }),
    response: z.object({ id: z.string() }),
    errors: ['passkey.not_accepted'],
  }),
  removePasskey: contract({
    method: 'DELETE',
    path: '/api/session/passkeys/:id',
    permission: null,
    response: done,
    errors: ['resource.not_found'],
  }),
  endSession: contract({
    method: 'POST',
    path: '/api/session/places/:id/end',
    permission: null,
    response: done,
    errors: ['resource.not_found'],
  }),
  /** The merchant's. */
  get: contract({
    method: 'GET',
    path: '/api/security',
    permission: 'security.manage',
    response: z.object({
      adminsNeedSecondFactor: z.boolean(),
      /** Networks as CIDR; none means everywhere. */
      allowedAddresses: z.array(z.string()),
      /** Where this request came from. */
      ownAddress: z.string(),
    }),
  }),
  set: contract({
    method: 'PUT',
    path: '/api/security',
    permission: 'security.manage',
    body: z.object({
      adminsNeedSecondFactor: z.boolean(),
      allowedAddresses: z.array(z.string().check(z.trim(), z.regex(NETWORK), z.maxLength(50))).check(z.maxLength(100)),
    }),
    response: done,
    errors: ['request.invalid', 'security.locks_you_out'],
  }),
  /** Sign-in by the merchant's own issuer (OpenID Connect). The secret is written, never read. */
  getIssuer: contract({
    method: 'GET',
    path: '/api/security/issuer',
    permission: 'security.manage',
    response: z.object({
      issuer: z.nullable(z.extend(issuer, { secretLastFour: z.string() })),
      /** What the issuer has to be told to come back to. */
      redirectUri: z.string(),
    }),
  }),
  setIssuer: contract({
    method: 'PUT',
    path: '/api/security/issuer',
    permission: 'security.manage',
    /** Null keeps the secret that is there. */
    body: z.extend(issuer, { clientSecret: z.nullable(z.string().check(z.minLength(1), z.maxLength(500))) }),
    response: done,
    errors: ['request.invalid', 'issuer.unreachable'],
  }),
} as const

/** Beside the password: whoever knocks has no session yet. */
export const CODE_SIGN_IN_PATH = '/api/auth/sign-in/code'
export const BACKUP_CODE_SIGN_IN_PATH = '/api/auth/sign-in/backup-code'
export const PASSKEY_OPTIONS_PATH = '/api/auth/sign-in/passkey/options'
export const PASSKEY_SIGN_IN_PATH = '/api/auth/sign-in/passkey'
export const passkeySignIn = z.object({ challenge: z.string().check(z.maxLength(500)), response: credential })

export const ISSUERS_PATH = '/api/auth/sign-in/issuers'
export const ISSUER_GO_PATH = '/api/auth/sign-in/issuer/:merchantId'
export const ISSUER_BACK_PATH = '/api/auth/sign-in/issuer-back'

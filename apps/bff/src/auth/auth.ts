/** Sign-in by better-auth: e-mail and password, sessions and attempt counts in PostgreSQL, nobody signs up. */
import { betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type pg from 'pg'
import type { Log } from '../core/log.ts'
import { deriveKey } from '../core/secret-box.ts'
import { uuidv7 } from '../core/uuid.ts'
import { trustedSignIn } from './trusted-sign-in.ts'

export type AuthOptions = {
  readonly pool: pg.Pool
  readonly secret: string
  readonly port: number
  readonly publicUrl: URL | null
  readonly log: Log
}

export const AUTH_PATH = '/api/auth'
/** Set by our own server only, from the socket; see auth/answer.ts. */
export const CLIENT_IP_HEADER = 'x-choba-client-ip'
export const PASSWORD_LENGTH = { least: 12, most: 128 } as const
/** Per address: enough for an office behind one address in the morning, hopeless for guessing. */
const SIGN_INS_PER_MINUTE = 20
const SESSION_SECONDS = 3 * 24 * 60 * 60
const RENEW_AFTER_SECONDS = 60 * 60

export type Auth = ReturnType<typeof createAuth>

export function createAuth(options: AuthOptions) {
  const stamps = { createdAt: 'created_at', updatedAt: 'updated_at' }
  return betterAuth({
    appName: 'Choba',
    baseURL: options.publicUrl?.origin ?? `http://127.0.0.1:${options.port}`,
    basePath: AUTH_PATH,
    secret: authKey(options.secret),
    database: options.pool,
    telemetry: { enabled: false },
    logger: { level: 'warn', log: (level, message) => options.log[level]({ from: 'better-auth' }, message) },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.least,
      maxPasswordLength: PASSWORD_LENGTH.most,
    },
    user: { modelName: 'auth_user', fields: { emailVerified: 'email_verified', ...stamps } },
    session: {
      modelName: 'auth_session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...stamps,
      },
      expiresIn: SESSION_SECONDS,
      updateAge: RENEW_AFTER_SECONDS,
    },
    account: {
      modelName: 'auth_account',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...stamps,
      },
    },
    verification: { modelName: 'auth_verification', fields: { expiresAt: 'expires_at', ...stamps } },
    plugins: [
      twoFactor({
        issuer: 'Choba',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'auth_two_factor',
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      trustedSignIn(),
    ],
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'auth_rate_limit',
      fields: { lastRequest: 'last_request' },
      window: 60,
      max: 60,
      customRules: {
        '/sign-in/email': { window: 60, max: SIGN_INS_PER_MINUTE },
        '/two-factor/*': { window: 60, max: SIGN_INS_PER_MINUTE },
      },
    },
    advanced: {
      cookiePrefix: 'choba',
      useSecureCookies: options.publicUrl?.protocol === 'https:',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      // http/csrf.ts guards every change under /api, these too, and knows the addresses we answer under.
      disableCSRFCheck: true,
      disableOriginCheck: true,
      ipAddress: { ipAddressHeaders: [CLIENT_IP_HEADER] },
      database: { generateId: () => uuidv7() },
    },
  })
}

/** Signs sessions, and seals what the library keeps of authenticator apps. */
export function authKey(secret: string): string {
  return deriveKey(secret, 'sessions').toString('base64url')
}

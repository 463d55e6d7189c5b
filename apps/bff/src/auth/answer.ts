/** Stands between the web and better-auth: its answers in our error shape, without the bare session token. */
import { AppError } from '../core/app-error.ts'
import type { Claimed, SignInLog, SignInMethod } from '../core/sign-in.ts'
import { type Auth, AUTH_PATH, CLIENT_IP_HEADER } from './auth.ts'

/** @throws AppError auth.invalid, auth.too_many_attempts, request.invalid */
export async function answerAuth(
  auth: Auth,
  request: Request,
  { clientIp, log }: { readonly clientIp: string; readonly log: SignInLog },
): Promise<Response> {
  const body = await readBody(request)
  const method = methodOf(request)
  const claimed = method === undefined ? undefined : await claimedOf(request, body, log)
  const answer = await auth.handler(withClientIp(request, body, clientIp))
  if (answer.ok) {
    const said = await saidOf(answer)
    if (method !== undefined && said.user !== null) await log.signedIn(said.user.id, method)
    return new Response(JSON.stringify(said), { status: 200, headers: headersOf(answer) })
  }
  const refused = refusal(answer, isSecondStep(request))
  if (method !== undefined && claimed !== undefined && WRONG.includes(refused.code)) log.failed(claimed, method)
  throw refused
}

/** What was shown was looked at, and is wrong. */
const WRONG: readonly string[] = ['auth.invalid', 'second_factor.wrong_code']

const METHODS: Readonly<Record<string, SignInMethod>> = {
  '/sign-in/email': 'password',
  '/two-factor/verify-totp': 'code',
  '/two-factor/verify-backup-code': 'backup_code',
}

function methodOf({ url }: Request): SignInMethod | undefined {
  return METHODS[new URL(url).pathname.slice(AUTH_PATH.length)]
}

const CHALLENGE_COOKIE = /(?:^|;\s*)(?:__Secure-)?choba\.two_factor=([^;.]+)/

/** Whose password it should be, or whose code; undefined where nobody's was asked for. */
async function claimedOf(
  request: Request,
  body: Record<string, unknown>,
  log: SignInLog,
): Promise<Claimed | undefined> {
  if (!isSecondStep(request)) return { email: String(body['email']) }
  const challenge = CHALLENGE_COOKIE.exec(request.headers.get('Cookie') ?? '')?.[1]
  const userId = challenge === undefined ? undefined : await log.challenged(decodeURIComponent(challenge))
  return userId === undefined ? undefined : { userId }
}

/** The address the library counts attempts by is the socket's; a header of that name from outside is overwritten. */
function withClientIp(request: Request, body: Record<string, unknown>, clientIp: string): Request {
  const headers = new Headers(request.headers)
  headers.set(CLIENT_IP_HEADER, clientIp)
  headers.delete('Content-Length')
  headers.set('Content-Type', 'application/json')
  return new Request(request.url, { method: request.method, headers, body: JSON.stringify(body) })
}

const FIELDS = ['email', 'password', 'currentPassword', 'newPassword', 'code']

/** Only the fields we know, and only text. A new password ends the person's other sessions. */
async function readBody(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text()
  const body = parse(text === '' ? '{}' : text)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalidBody()
  const known = Object.entries(body).filter(([name]) => FIELDS.includes(name))
  if (known.some(([, value]) => typeof value !== 'string')) throw invalidBody()
  const isPasswordChange = new URL(request.url).pathname.endsWith('/change-password')
  return { ...Object.fromEntries(known), ...(isPasswordChange && { revokeOtherSessions: true }) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidBody()
  }
}

function invalidBody(): AppError {
  return new AppError('request.invalid', {
    issues: [{ path: 'body', message: 'not an e-mail address and a password' }],
  })
}

type Said = { user: { id: string; name: string; email: string } | null; secondFactor?: true }

/** Who is in; or that the password was right and a code is asked for. */
async function saidOf(answer: Response): Promise<Said> {
  const { user, twoFactorRedirect } = (await answer.json()) as { user?: Said['user']; twoFactorRedirect?: boolean }
  return {
    user: user ? { id: user.id, name: user.name, email: user.email } : null,
    ...(twoFactorRedirect === true && { secondFactor: true }),
  }
}

function headersOf(answer: Response): Headers {
  const headers = new Headers({ 'Content-Type': 'application/json' })
  for (const cookie of answer.headers.getSetCookie()) headers.append('Set-Cookie', cookie)
  return headers
}

/** The password was right: what is wrong now is the code. */
function isSecondStep({ url }: Request): boolean {
  return new URL(url).pathname.includes('/two-factor/')
}

function refusal(answer: Response, isCode: boolean): AppError {
  if (answer.status === 429)
    return new AppError('auth.too_many_attempts', { retryAfterSeconds: Number(answer.headers.get('X-Retry-After')) })
  if (isCode && answer.status < 500) return new AppError('second_factor.wrong_code')
  if (answer.status === 401 || answer.status === 403) return new AppError('auth.invalid')
  if (answer.status < 500) return invalidBody()
  throw new Error(`the sign-in library answered ${answer.status}`)
}

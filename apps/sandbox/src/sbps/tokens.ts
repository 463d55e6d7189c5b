/** One-time card tokens: made for the browser's script, spent once, and then worth nothing. */
import type { Context, Hono } from 'hono'
import { hexDigits } from '../random.ts'
import { type Call, refuse, valueOf } from './answer.ts'
import type { CardFace, CardToken, Sbps } from './records.ts'
import { faceOf, refusalByCard } from './test-cards.ts'
import { TOKEN_SCRIPT } from './token-script.ts'

/** How long a token lives is not public: assumed. */
const TOKEN_LIFE_MS = 10 * 60 * 1000
/** The fixed head of a DER public key on P-256, and the mark of an uncompressed point. */
const KEY_PREFIX = '3059301306072A8648CE3D020106082A8648CE3D03010703420004'

/** Browsers call from the shop's own page. */
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'POST, OPTIONS',
  'Access-Control-Allow-Headers': 'Content-Type',
}

export function mountTokens(app: Hono, sbps: Sbps): void {
  app.get('/sbpstoken/com_sbps_system_token.js', (c) =>
    c.body(TOKEN_SCRIPT, 200, { 'Content-Type': 'application/javascript; charset=utf-8', ...CORS }),
  )
  app.options('/sbpstoken/tokens', (c) => c.body(null, 204, CORS))
  app.post('/sbpstoken/tokens', async (c) => answerToken(c, sbps))
}

async function answerToken(c: Context, sbps: Sbps): Promise<Response> {
  const request = await c.req.json<unknown>().catch(() => undefined)
  const made = makeToken(sbps, request)
  return typeof made === 'string'
    ? c.json({ result: 'NG', errorCode: made }, 200, CORS)
    : c.json({ result: 'OK', tokenResponse: { token: made.token, tokenKey: made.tokenKey } }, 200, CORS)
}

/** The token, or an error code in the manner of the API: required 03, class 04. Shapes of these codes are assumed. */
export function makeToken(sbps: Sbps, request: unknown): CardToken | string {
  const fields = (typeof request === 'object' && request !== null ? request : {}) as Readonly<Record<string, unknown>>
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '')
  const account = sbps.accounts.findSbps(text('merchantId'), text('serviceId'))
  if (!account) return '10114001'
  const [number, expiration, securityCode] = [text('ccNumber'), text('ccExpiration'), text('securityCode')]
  if (number === '') return '10103200'
  if (!/^\d{12,19}$/.test(number)) return '10104200'
  if (!/^\d{6}$/.test(expiration)) return expiration === '' ? '10103201' : '10104201'
  if (!/^\d{3,4}$/.test(securityCode)) return securityCode === '' ? '10103209' : '10104209'
  return sbps.store.transaction(() => {
    const now = sbps.clock.now()
    const refusal = refusalByCard(number, expiration, now)
    const serial = sbps.store.nextNumber('sbps_token')
    const made: CardToken = {
      token: hexDigits(246, 'token', account.hashKey, serial),
      tokenKey: KEY_PREFIX + hexDigits(182 - KEY_PREFIX.length, 'token key', account.hashKey, serial),
      merchantId: account.merchantId,
      serviceId: account.serviceId,
      card: faceOf(number, expiration),
      ...(refusal === undefined ? {} : { refusal }),
      expiresAt: now.getTime() + TOKEN_LIFE_MS,
      used: false,
    }
    sbps.tokens.put(made.token, made)
    return made
  })
}

/** The card behind a token; the token is used up, whatever becomes of the payment. */
export function spendToken(
  sbps: Sbps,
  call: Call,
): { readonly card: CardFace; readonly refusal: string | undefined } | { readonly errorCode: string } {
  const token = sbps.tokens.get(valueOf(call, 'token'))
  const own = token?.merchantId === call.account.merchantId && token.serviceId === call.account.serviceId
  if (!token || !own) return refuse(call, 'T1', '227')
  if (token.tokenKey !== valueOf(call, 'token_key')) return refuse(call, 'T1', '228')
  if (token.used || token.expiresAt <= call.now.getTime()) return refuse(call, 'T2', '227')
  sbps.tokens.put(token.token, { ...token, used: true })
  return { card: token.card, refusal: token.refusal }
}

/** What the shop-front asks of the pretend provider: card tokens, as its page would, and the clock. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { CardToken } from './console-client.ts'
import { createJsonClient, RefusedCall, type ClientOptions } from './json-client.ts'

export type SandboxClient = {
  now(): Promise<Date>
  /** Ahead only; nothing when the clock stands there already. */
  moveTo(instant: Date): Promise<void>
  /** Wipes the memory, starts at an instant in the past, and tells the accounts again with the console's notice addresses. */
  restartAt(instant: Date, consoleUrl: string): Promise<void>
  /** `shop` counts the accounts from 0. */
  makeToken(shop: number, cardNumber: string, expiration: string): Promise<CardToken>
  /** Waits until no notice is on its way. False when they stopped moving. */
  noticesDelivered(): Promise<boolean>
}

type AccountsFile = { sbps: { merchantId: string; serviceId: string; noticeUrl?: string }[] }

const STUCK_MS = 20_000
const DEFAULT_ACCOUNTS = fileURLToPath(new URL('../../demo-accounts.json', import.meta.url))

export function createSandboxClient(
  baseUrl: string,
  accountsFile = DEFAULT_ACCOUNTS,
  options: ClientOptions = {},
): SandboxClient {
  const client = createJsonClient(baseUrl, options)
  const accounts = JSON.parse(readFileSync(accountsFile, 'utf8')) as AccountsFile

  async function now(): Promise<Date> {
    return new Date(((await client.get('/sandbox/clock')) as { now: string }).now)
  }

  return {
    now,
    async moveTo(instant) {
      if ((await now()) >= instant) return
      await client.post('/sandbox/clock', { to: instant.toISOString() }).catch(async (error: unknown) => {
        // It runs with real time too: by the time the call came in it may have passed the instant.
        if (!(error instanceof RefusedCall) || (await now()) < instant) throw error
      })
    },
    async restartAt(instant, consoleUrl) {
      await client.post('/sandbox/reset', { now: instant.toISOString() })
      const sbps = accounts.sbps.map((account) => ({
        ...account,
        noticeUrl: `${consoleUrl}/notices/sbps/${account.merchantId}-${account.serviceId}`,
      }))
      await client.post('/sandbox/accounts', { ...accounts, sbps })
    },
    async makeToken(shop, cardNumber, expiration) {
      const account = accounts.sbps[shop]
      if (!account) throw new Error(`the accounts file has no SBPS account for shop ${shop + 1}`)
      const { merchantId, serviceId } = account
      const request = {
        merchantId,
        serviceId,
        ccNumber: cardNumber,
        ccExpiration: expiration,
        securityCode: cardNumber.length === 15 ? '1234' : '123',
      }
      const answer = (await client.post('/sbpstoken/tokens', request)) as {
        result: string
        errorCode?: string
        tokenResponse?: CardToken
      }
      if (!answer.tokenResponse) throw new Error(`no token for a test card: ${answer.errorCode ?? answer.result}`)
      return answer.tokenResponse
    },
    async noticesDelivered() {
      let [last, since] = [-1, Date.now()]
      for (;;) {
        const { undeliveredNotices } = (await client.get('/sandbox/status')) as { undeliveredNotices: number }
        if (undeliveredNotices === 0) return true
        if (undeliveredNotices !== last) [last, since] = [undeliveredNotices, Date.now()]
        if (Date.now() - since > STUCK_MS) return false
        await sleep(15)
      }
    },
  }
}

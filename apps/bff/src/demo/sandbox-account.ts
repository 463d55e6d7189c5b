/** An account that the pretend provider opens for a merchant who has no contract yet. */
import type { Kysely } from 'kysely'
import type { Method } from '@choba/shared/methods.ts'
import { AppError } from '../core/app-error.ts'
import type { Database } from '../db/schema.ts'
import { type NpAccount, parseAccounts, type SbpsAccount } from './accounts.ts'
import { npTerms, putTerms, sbpsTerms } from './terms.ts'

export type OpenedAccounts = {
  readonly np: NpAccount
  readonly sbps: SbpsAccount
  putTerms(merchantId: string, shopId: string, since: string, methods: readonly Method[]): Promise<void>
}

const ANSWER_WITHIN_MS = 10_000

export function sandboxOf(
  owner: Kysely<Database>,
  { port, consoleAddress }: { readonly port: number; readonly consoleAddress: string },
): { url: string; openAccounts(): Promise<OpenedAccounts> } {
  const url = `http://127.0.0.1:${port}`
  const noticesUrl = `${consoleAddress}/notices/sbps`
  return {
    url,
    async openAccounts() {
      const {
        np: [np],
        sbps: [sbps],
      } = parseAccounts(await open(`${url}/sandbox/accounts/open`, { noticesUrl }), url)
      if (np === undefined || sbps === undefined) throw new AppError('sandbox.no_answer')
      return {
        np,
        sbps,
        async putTerms(merchantId, shopId, since, methods) {
          const terms = [...npTerms({ shopId, since }, np), ...sbpsTerms({ shopId, since }, sbps)]
          await putTerms(
            owner,
            merchantId,
            terms.filter(({ method }) => methods.includes(method)),
          )
        },
      }
    },
  }
}

/** @throws AppError sandbox.no_answer */
async function open(address: string, body: unknown): Promise<unknown> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }).catch(() => undefined)
  if (answer?.ok !== true) throw new AppError('sandbox.no_answer')
  return answer.json()
}

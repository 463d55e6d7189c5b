/** Telling the merchant's server a result, and reading its answer. Time-outs and repeats are not public: assumed. */
import { decodeLinkAck } from '@choba/wire/sbps/link-result.ts'
import type { Values } from '@choba/wire/sbps/message.ts'
import type { SbpsAccount } from '../../accounts.ts'
import { accountId } from '../records.ts'
import { type Link, logNotice } from './records.ts'
import { noticeBody } from './results.ts'

export type AskSettings = {
  readonly timeoutMs: number
  /** A refusal is final; silence and trouble are asked about again. */
  readonly tries: number
}

export const ASK_SETTINGS: AskSettings = { timeoutMs: 10_000, tries: 2 }

export type Told =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly isFinal: boolean; readonly trouble: string }

/** Asks while the customer waits: the purchase stands only when the merchant has said OK. */
export function askMerchant(
  link: Link,
  account: SbpsAccount,
  values: Values,
  rows: readonly Values[],
  url: string,
  settings: AskSettings,
): Promise<Told> {
  const subject = { orderId: values['order_id'] ?? '', result: values['res_result'] ?? '' }
  return tellMerchant(link, account, { ...subject, body: noticeBody(account, values, rows) }, url, settings)
}

/** What it is about, and its bytes. */
export type Telling = { readonly orderId: string; readonly result: string; readonly body: Uint8Array }

/** Told until it is answered, or for as often as is agreed; each try is logged. */
export async function tellMerchant(
  link: Link,
  account: SbpsAccount,
  { orderId, result, body }: Telling,
  url: string,
  settings: AskSettings,
): Promise<Told> {
  for (let turn = 1; ; turn += 1) {
    const started = performance.now()
    const told = await postForm(url, body, settings.timeoutMs)
    logNotice(link.sbps.store, {
      at: link.sbps.clock.now().toISOString(),
      account: accountId(account),
      orderId,
      result,
      url,
      tookMs: Math.round(performance.now() - started),
      ...(told.accepted ? {} : { trouble: told.trouble }),
    })
    if (told.accepted || told.isFinal || turn >= settings.tries) return told
  }
}

export async function postForm(url: string, body: Uint8Array, timeoutMs: number): Promise<Told> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new Uint8Array(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const ack = decodeLinkAck(new Uint8Array(await answer.arrayBuffer()))
    if (answer.status !== 200) return { accepted: false, isFinal: false, trouble: `HTTP ${answer.status}` }
    return ack.accepted ? { accepted: true } : { accepted: false, isFinal: true, trouble: `NG ${ack.reason}`.trim() }
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError'
    return { accepted: false, isFinal: false, trouble: late ? `no answer within ${timeoutMs} ms` : String(error) }
  }
}

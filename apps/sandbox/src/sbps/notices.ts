/**
 * The delivery of notices to the merchant: written down first, then posted until the merchant answers OK. Notices about
 * one payment go one after the other, in order; different payments go side by side.
 */
import { decodeNoticeAck, encodeNotice, type Notice } from '@choba/wire/sbps/notice.ts'
import type { SbpsAccount } from '../accounts.ts'
import { postForm } from './link/ask-merchant.ts'
import { logNotice } from './link/records.ts'
import { accountId, type Sbps } from './records.ts'

/** The provider's spacing and time-out are not public: assumed, and settings. */
export type NoticeSettings = {
  readonly retryAfterMs: readonly number[]
  readonly timeoutMs: number
  readonly atOnce: number
}

export const NOTICE_SETTINGS: NoticeSettings = {
  retryAfterMs: [5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000],
  timeoutMs: 10_000,
  atOnce: 8,
}

type Delivery = {
  readonly id: string
  readonly account: string
  readonly trackingId: string
  /** The signed message, base64: a repeat is the same bytes. */
  readonly body: string
  readonly attempts: number
  readonly nextAt: number
  readonly lastTrouble?: string
  /** A result of the hosted page goes as a form to the address its purchase named. */
  readonly form?: { readonly url: string; readonly orderId: string; readonly result: string }
}

export type Notices = {
  /** Inside the caller's transaction: the notice is kept if and only if what it tells is. */
  send(account: SbpsAccount, notice: Notice): void
  /** A later result of a purchase on the hosted page, the same way. */
  sendForm(account: SbpsAccount, trackingId: string, body: Uint8Array, form: NonNullable<Delivery['form']>): void
  /** Due now or on their way. */
  undeliveredCount(): number
  start(): void
  stop(): void
}

export function createNotices(sbps: Sbps, settings: NoticeSettings = NOTICE_SETTINGS): Notices {
  const deliveries = sbps.store.table<Delivery>('sbps_delivery')
  /** Waiting deliveries by payment, oldest first. */
  const lanes = new Map<string, string[]>()
  const busy = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let running = false

  for (const delivery of deliveries.values()) enqueue(delivery)
  sbps.store.onReset(() => lanes.clear())

  function enqueue(delivery: Delivery): void {
    const lane = lanes.get(delivery.trackingId)
    if (lane) lane.push(delivery.id)
    else lanes.set(delivery.trackingId, [delivery.id])
  }

  function pump(): void {
    if (!running) return
    const now = sbps.clock.now().getTime()
    for (const [trackingId, lane] of lanes) {
      if (busy.size >= settings.atOnce) return
      if (busy.has(trackingId)) continue
      const first = firstKept(lane)
      if (!first) lanes.delete(trackingId)
      else if (first.nextAt <= now) void deliver(first, lane)
    }
  }

  /** Skips what a transaction that was undone left in the lane. */
  function firstKept(lane: string[]): Delivery | undefined {
    while (lane.length > 0) {
      const delivery = deliveries.get(lane[0]!)
      if (delivery) return delivery
      lane.shift()
    }
    return undefined
  }

  async function deliver(delivery: Delivery, lane: string[]): Promise<void> {
    busy.add(delivery.trackingId)
    const trouble = await post(delivery)
    busy.delete(delivery.trackingId)
    // The memory may have been wiped, or the process be stopping, while the merchant was answering.
    if (!running || deliveries.get(delivery.id) !== delivery) return
    if (trouble === undefined) {
      deliveries.delete(delivery.id)
      lane.shift()
    } else {
      const wait = settings.retryAfterMs[delivery.attempts] ?? settings.retryAfterMs.at(-1) ?? 0
      const nextAt = sbps.clock.now().getTime() + wait
      deliveries.put(delivery.id, { ...delivery, attempts: delivery.attempts + 1, nextAt, lastTrouble: trouble })
    }
    pump()
  }

  /** Undefined when the merchant answered OK; else what was wrong. */
  async function post(delivery: Delivery): Promise<string | undefined> {
    const account = sbps.accounts.findSbps(delivery.account.slice(0, 5), delivery.account.slice(6))
    if (!account) return 'the account is gone'
    if (delivery.form) return postResult(delivery, delivery.form)
    try {
      const answer = await fetch(account.noticeUrl, {
        method: 'POST',
        headers: { 'Content-Type': 'text/xml;charset=Shift_JIS' },
        body: Buffer.from(delivery.body, 'base64'),
        redirect: 'manual',
        signal: AbortSignal.timeout(settings.timeoutMs),
      })
      const ack = decodeNoticeAck(new Uint8Array(await answer.arrayBuffer()))
      if (answer.status !== 200) return `HTTP ${answer.status}`
      return ack.ok && ack.result === 'OK'
        ? undefined
        : `not acknowledged: ${ack.ok ? (ack.message ?? 'NG') : ack.reason}`
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  async function postResult(delivery: Delivery, { url, orderId, result }: NonNullable<Delivery['form']>) {
    const started = performance.now()
    const told = await postForm(url, Buffer.from(delivery.body, 'base64'), settings.timeoutMs)
    const trouble = told.accepted ? {} : { trouble: told.trouble }
    const tookMs = Math.round(performance.now() - started)
    const at = sbps.clock.now().toISOString()
    logNotice(sbps.store, { at, account: delivery.account, orderId, result, url, tookMs, ...trouble })
    return trouble.trouble
  }

  function keep(account: SbpsAccount, rest: Pick<Delivery, 'trackingId' | 'body' | 'form'>): void {
    const delivery: Delivery = {
      id: String(sbps.store.nextNumber('sbps_delivery')).padStart(10, '0'),
      account: accountId(account),
      attempts: 0,
      nextAt: sbps.clock.now().getTime(),
      ...rest,
    }
    deliveries.put(delivery.id, delivery)
    enqueue(delivery)
  }

  return {
    send(account, notice) {
      const written = encodeNotice(notice, account, account.encryptedNotices)
      if (!written.ok) throw new Error(`a notice that cannot be written: ${written.tag}`)
      keep(account, { trackingId: notice.trackingId, body: Buffer.from(written.bytes).toString('base64') })
    },
    sendForm(account, trackingId, body, form) {
      keep(account, { trackingId, body: Buffer.from(body).toString('base64'), form })
    },
    undeliveredCount() {
      const now = sbps.clock.now().getTime()
      let count = 0
      for (const [trackingId, lane] of lanes) {
        // Behind one that waits for its repeat, the others wait too.
        const first = firstKept(lane)
        if (first && (first.nextAt <= now || busy.has(trackingId))) count += lane.length
      }
      return count
    },
    start() {
      running = true
      timer ??= setInterval(pump, 50).unref()
    },
    stop() {
      running = false
      clearInterval(timer)
      timer = undefined
    },
  }
}

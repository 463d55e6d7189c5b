/** The one connection of this process that listens to the books, made again whenever it is lost. */
import pg from 'pg'
import type { Log } from '../core/log.ts'
import type { Hub } from './hub.ts'

export type Listener = { stop(): Promise<void> }

/** Told by ledger/record.ts when its transaction commits; the payload is a {@link Notice}. */
export const LEDGER_CHANNEL = 'ledger'
const RETRY_MS = { first: 200, most: 5_000 } as const

type Notice = { readonly merchantId: string; readonly paymentIds: readonly string[]; readonly more: boolean }

export function startListener(databaseUrl: string, hub: Hub, log: Log): Listener {
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined
  let stopped = false
  let hasListened = false

  async function connect(delayMs: number): Promise<void> {
    const next = new pg.Client({ connectionString: databaseUrl, application_name: 'choba-listen', keepAlive: true })
    client = next
    let lost = false
    function onLost(error?: unknown): void {
      if (lost || stopped) return
      lost = true
      log.warn({ err: error }, 'lost the connection that listens to the books')
      void next.end().catch(() => undefined)
      retry = setTimeout(() => void connect(Math.min(delayMs * 2, RETRY_MS.most)), delayMs)
    }
    next.on('error', onLost)
    next.on('end', () => onLost())
    next.on('notification', ({ payload }) => {
      const notice = readNotice(payload)
      if (notice) hub.publish(notice.merchantId, { paymentIds: notice.paymentIds, more: notice.more })
    })
    try {
      await next.connect()
      await next.query(`listen ${LEDGER_CHANNEL}`)
      delayMs = RETRY_MS.first
      if (hasListened) hub.publishToAll({ paymentIds: [], more: true })
      hasListened = true
    } catch (error) {
      onLost(error)
    }
  }

  void connect(RETRY_MS.first)
  return {
    async stop() {
      stopped = true
      clearTimeout(retry)
      await client?.end().catch(() => undefined)
    },
  }
}

function readNotice(payload: string | undefined): Notice | undefined {
  try {
    const notice = JSON.parse(payload ?? '') as Partial<Notice>
    if (typeof notice.merchantId !== 'string' || !Array.isArray(notice.paymentIds)) return undefined
    return {
      merchantId: notice.merchantId,
      paymentIds: notice.paymentIds.filter((id) => typeof id === 'string'),
      more: notice.more === true,
    }
  } catch {
    return undefined
  }
}

/** Fans out what happened in the books to the open pages of the same merchant, and to no other. */

/** Payments that changed; `more` says that the list is not complete and a page should ask again. */
export type LedgerChange = { readonly paymentIds: readonly string[]; readonly more: boolean }

export type Subscriber = { readonly merchantId: string; readonly userId: string }

export type Subscription = {
  /** Resolves with what gathered since the last call, at once or when something comes; undefined when it is over. */
  next(timeoutMs: number): Promise<LedgerChange | 'quiet' | undefined>
  close(): void
}

export type Hub = {
  subscribe(subscriber: Subscriber): Subscription
  publish(merchantId: string, change: LedgerChange): void
  /** News may have been missed: every page asks again. */
  publishToAll(change: LedgerChange): void
  dropUser(userId: string): void
  close(): void
  size(): number
}

/** What a slow reader can have pending. Beyond it the list is dropped and only "ask again" is kept. */
const MAX_PENDING_IDS = 200
const MAX_SUBSCRIBERS = 2_000

type Inbox = Subscription & { readonly subscriber: Subscriber; put(change: LedgerChange): void }

export function createHub(): Hub {
  const inboxes = new Set<Inbox>()
  let closed = false

  return {
    subscribe(subscriber) {
      const inbox = openInbox(subscriber, () => inboxes.delete(inbox))
      if (closed || inboxes.size >= MAX_SUBSCRIBERS) inbox.close()
      else inboxes.add(inbox)
      return inbox
    },
    publish(merchantId, change) {
      for (const inbox of inboxes) if (inbox.subscriber.merchantId === merchantId) inbox.put(change)
    },
    publishToAll(change) {
      for (const inbox of inboxes) inbox.put(change)
    },
    dropUser(userId) {
      for (const inbox of inboxes) if (inbox.subscriber.userId === userId) inbox.close()
    },
    close() {
      closed = true
      for (const inbox of inboxes) inbox.close()
    },
    size: () => inboxes.size,
  }
}

function openInbox(subscriber: Subscriber, onClose: () => void): Inbox {
  const ids = new Set<string>()
  let more = false
  let open = true
  let wake: (() => void) | undefined

  function take(): LedgerChange | undefined {
    if (ids.size === 0 && !more) return undefined
    const change = { paymentIds: [...ids], more }
    ids.clear()
    more = false
    return change
  }

  return {
    subscriber,
    put(change) {
      for (const id of change.paymentIds) ids.add(id)
      more ||= change.more
      if (ids.size > MAX_PENDING_IDS) {
        ids.clear()
        more = true
      }
      wake?.()
    },
    async next(timeoutMs) {
      if (open && ids.size === 0 && !more) await sleepUntilWoken(timeoutMs, (wakeUp) => (wake = wakeUp))
      wake = undefined
      return open ? (take() ?? 'quiet') : undefined
    },
    close() {
      open = false
      onClose()
      wake?.()
    },
  }
}

function sleepUntilWoken(timeoutMs: number, arm: (wakeUp: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs)
    arm(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}

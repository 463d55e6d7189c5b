/** The stream of what changed: the BFF names the payments, whoever shows them asks again. */
export type PaymentsChanged = {
  readonly paymentIds: readonly string[]
  /** More changed than are named: everything shown may be old. */
  readonly more: boolean
}

type Listener = (changed: PaymentsChanged) => void

const EVENTS_PATH = '/api/events'
const listeners = new Set<Listener>()

export function onPaymentsChanged(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Opens the stream; `onState` says whether it flows. After a gap everything may be old. */
export function openEvents(onState: (flowing: boolean) => void): () => void {
  const source = new EventSource(EVENTS_PATH)
  let interrupted = false
  function receive(event: MessageEvent<string>): void {
    const changed = readChange(event.data)
    if (changed) tell(changed)
  }
  source.addEventListener('ledger', receive)
  source.addEventListener('open', () => {
    onState(true)
    if (interrupted) tell({ paymentIds: [], more: true })
    interrupted = false
  })
  source.addEventListener('error', () => {
    interrupted = true
    onState(false)
  })
  return () => source.close()
}

/** Undefined when it is no news of payments, like the comment lines that keep the connection open. */
export function readChange(data: string): PaymentsChanged | undefined {
  try {
    const value = JSON.parse(data) as { paymentIds?: unknown; more?: unknown }
    if (!Array.isArray(value.paymentIds)) return undefined
    return {
      paymentIds: value.paymentIds.filter((id): id is string => typeof id === 'string'),
      more: value.more === true,
    }
  } catch {
    return undefined
  }
}

function tell(changed: PaymentsChanged): void {
  for (const listener of listeners) listener(changed)
}

/** What can go wrong between us and a provider, on request: for the next calls of a path. */
export type Mishap =
  /** The request is lost; nothing was done. */
  | 'request_lost'
  /** It was done, and the answer is lost. */
  | 'answer_lost'
  /** The provider's server fails before doing anything. */
  | 'server_error'
  /** It was done, and before the answer is written down the process is gone. */
  | 'killed_after'
  /** The row is refused with this code. */
  | { readonly refuse: string }

export type Gate = {
  readonly fetch: (request: Request) => Promise<Response>
  /** The next `times` calls whose path ends so meet this. */
  plan(path: string, mishap: Mishap, times?: number): void
  /** Mishaps that have not been met yet. */
  planned(): number
  /** Told when a killed call has been done. */
  onKill: () => void
}

type Plan = { readonly path: string; readonly mishap: Mishap; left: number }

/** `now` is the provider's clock: its failures carry its day as its answers do. */
export function openGate(pass: (request: Request) => Response | Promise<Response>, now: () => Date): Gate {
  const plans: Plan[] = []
  const gate: Gate = {
    onKill: () => undefined,
    planned: () => plans.reduce((sum, plan) => sum + plan.left, 0),
    plan: (path, mishap, times = 1) => void plans.push({ path, mishap, left: times }),
    async fetch(request) {
      const { pathname } = new URL(request.url)
      const plan = plans.find((each) => each.left > 0 && pathname.endsWith(each.path))
      if (plan === undefined) return pass(request)
      plan.left -= 1
      return suffer(plan.mishap, request)
    },
  }

  function failure(status: number): Response {
    return new Response('', { status, headers: { date: now().toUTCString() } })
  }

  async function suffer(mishap: Mishap, request: Request): Promise<Response> {
    if (mishap === 'request_lost' || mishap === 'server_error') return failure(mishap === 'server_error' ? 500 : 502)
    if (typeof mishap === 'object') return refusal(mishap.refuse, await request.json(), now())
    await pass(request)
    if (mishap === 'killed_after') gate.onKill()
    return failure(504)
  }
  return gate
}

type Rows = { readonly transactions: ReadonlyArray<Record<string, string>> }

function refusal(code: string, body: unknown, now: Date): Response {
  const errors = (body as Rows).transactions.map((row) => ({
    id: row['base_np_transaction_id'] ?? row['np_transaction_id'] ?? row['shop_transaction_id'],
    codes: [code],
  }))
  return Response.json({ errors }, { status: 400, headers: { date: now.toUTCString() } })
}

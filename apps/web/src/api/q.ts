import { queryOptions } from '@tanstack/react-query'
import type { Contract, Input } from '@choba/shared/contract.ts'
import { call } from './call.ts'

/** Query options of one endpoint. The path comes first in the key, so `[contract.path]` invalidates every input of it. A newer question cancels the older. */
export function q<C extends Contract & { method: 'GET' }>(contract: C, input: Input<C>) {
  return queryOptions({
    queryKey: [contract.path, input] as const,
    queryFn: ({ signal }) => call(contract, input, signal),
  })
}

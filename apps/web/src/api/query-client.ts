/** The cache of what the BFF said. Refusals are not asked again; a lost connection is, a little. */
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './api-error.ts'

const RETRIES = 2

export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError(error) {
        if (error instanceof ApiError && error.code === 'auth.required') onSignedOut()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < RETRIES && isTransient(error),
      },
      mutations: { retry: false },
    },
  })
}

function isTransient(error: Error): boolean {
  return (
    error instanceof ApiError &&
    (error.code === 'network.offline' || error.code === 'service.unavailable' || error.code === 'service.timeout')
  )
}

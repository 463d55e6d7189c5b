/** Who is signed in: read once by the shell, then from the cache. */
import { useSuspenseQuery } from '@tanstack/react-query'
import type { Output } from '@choba/shared/contract.ts'
import { session } from '@choba/shared/contracts/session.ts'
import { may, type Permission } from '@choba/shared/permissions.ts'
import { request } from './call.ts'
import { q } from './q.ts'

export type Session = Output<typeof session.get>

export const sessionQuery = { ...q(session.get, {}), staleTime: 5 * 60_000 }

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data
}

export function useMay(permission: Permission): boolean {
  return may(useSession(), permission)
}

export async function signOut(): Promise<void> {
  await post('/api/auth/sign-out', {})
}

function post(path: string, body: unknown): Promise<unknown> {
  return request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
}

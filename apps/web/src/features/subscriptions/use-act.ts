/** Something done to a subscription: sent once however often it is pressed, then shown everywhere. */
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { SubscriptionActInput } from '@choba/shared/contracts/subscription-input.ts'
import { subscriptions } from '@choba/shared/contracts/subscriptions.ts'
import { type ApiError, asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'

type WithoutKey<T> = T extends unknown ? Omit<T, 'idempotencyKey'> : never
export type Act = WithoutKey<SubscriptionActInput>

export function useAct(id: string, done: { readonly message: string; readonly onDone: () => void }) {
  const queryClient = useQueryClient()
  // The same press twice is one act; another choice in the same dialog is another one.
  const [key] = useState(() => crypto.randomUUID())
  const act = useMutation({
    mutationFn: (input: Act) => {
      const body = { ...input, idempotencyKey: `${key}:${hashOf(input)}` } as SubscriptionActInput
      return call(subscriptions.act, { id, body })
    },
    async onSuccess(detail) {
      queryClient.setQueryData([subscriptions.get.path, { id }], detail)
      notifications.show({ message: done.message })
      done.onDone()
      await queryClient.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).startsWith(subscriptions.list.path),
      })
    },
  })
  const error: ApiError | null = act.isError ? asApiError(act.error) : null
  return { send: (input: Act) => act.mutate(input), sending: act.isPending, error }
}

/** A short name of what is asked; equal for equal input. */
function hashOf(input: Act): string {
  const text = JSON.stringify(input)
  let hash = 0
  for (let at = 0; at < text.length; at += 1) hash = (hash * 31 + text.charCodeAt(at)) | 0
  return (hash >>> 0).toString(36)
}

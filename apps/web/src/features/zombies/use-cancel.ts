/** Cancels one claim through an operation. The key belongs to the row: pressing again after a lost answer asks the same. */
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { operations } from '@choba/shared/contracts/operations.ts'
import { zombies } from '@choba/shared/contracts/zombies.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'

export function useCancel(paymentId: string, order: string) {
  const { action_reasons, zombies: words } = useWords()
  const language = useLanguage()
  const queryClient = useQueryClient()
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID())
  const request = useMutation({
    async mutationFn() {
      const { results } = await call(operations.create, {
        body: { operations: [{ idempotencyKey, action: 'cancel', paymentId, reason: action_reasons.zombie }] },
      })
      return results[0]?.error ?? null
    },
    onSuccess(error) {
      if (error === null) notifications.show({ message: fill(words.accepted, { order }) })
      // It was answered: what is asked next is another cancel.
      setKey(crypto.randomUUID())
    },
    async onSettled() {
      await queryClient.invalidateQueries({ queryKey: [zombies.list.path] })
      await queryClient.invalidateQueries({ queryKey: [zombies.totals.path] })
    },
  })
  const failure = request.isError
    ? label(language, 'error', asApiError(request.error).code)
    : request.data
      ? label(language, request.data.reason === null ? 'error' : 'refusal', request.data.reason ?? request.data.code)
      : null
  return { cancel: () => request.mutate(), sending: request.isPending, failure }
}

/** Sends one step of a return; the lists and the count are asked again afterwards. */
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { customerReturns } from '@choba/shared/contracts/customer-returns.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { useLanguage } from '../../i18n/language.ts'

export function useReturn<Given>(input: {
  readonly send: (given: Given) => Promise<unknown>
  readonly said: string
  readonly onDone: () => void
}) {
  const language = useLanguage()
  const queryClient = useQueryClient()
  const request = useMutation({
    mutationFn: input.send,
    onSuccess() {
      notifications.show({ message: input.said })
      input.onDone()
    },
    async onSettled() {
      await queryClient.invalidateQueries({ queryKey: [customerReturns.list.path] })
      await queryClient.invalidateQueries({ queryKey: [customerReturns.totals.path] })
    },
  })
  const code = request.isError ? asApiError(request.error).code : null
  const failure = code && `${label(language, 'error', code)} ${label(language, 'error_advice', code)}`
  return { send: request.mutate, sending: request.isPending, failure }
}

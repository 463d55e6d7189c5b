import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { useLanguage } from '../../i18n/language.ts'

/** A change made by hand; afterwards what stands at these addresses is read again. */
export function useDeed<Input, Result>(
  paths: readonly string[],
  deed: (input: Input) => Promise<Result>,
  onDone: (result: Result) => void,
) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: deed,
    async onSuccess(result) {
      onDone(result)
      for (const path of paths) await queryClient.invalidateQueries({ queryKey: [path] })
    },
  })
}

/** What went wrong and what to do about it. */
export function useFailureText(error: Error | null): string | null {
  const language = useLanguage()
  if (error === null) return null
  const { code } = asApiError(error)
  return `${label(language, 'error', code)} ${label(language, 'error_advice', code)}`
}

export function say(message: string): void {
  notifications.show({ message })
}

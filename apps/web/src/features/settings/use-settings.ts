import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'

/** A change of a setting: nearly every screen names shops, so all is read again. */
export function useSetting<Input>(change: (input: Input) => Promise<unknown>, onDone?: () => void) {
  const queryClient = useQueryClient()
  const words = useWords()
  return useMutation({
    mutationFn: change,
    async onSuccess() {
      notifications.show({ message: words.settings.saved })
      await queryClient.invalidateQueries()
      onDone?.()
    },
  })
}

/** What went wrong and what to do about it. */
export function useFailure(error: Error | null): string | null {
  const language = useLanguage()
  if (error === null) return null
  const { code } = asApiError(error)
  return `${label(language, 'error', code)} ${label(language, 'error_advice', code)}`
}

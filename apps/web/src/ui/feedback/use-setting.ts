import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useWords } from '../../i18n/language.ts'

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

import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'

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

export function say(message: string): void {
  notifications.show({ message })
}

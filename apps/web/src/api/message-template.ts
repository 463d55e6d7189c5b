import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Input } from '@choba/shared/contract.ts'
import { type MessageTemplate, messageTemplates } from '@choba/shared/contracts/message-templates.ts'
import { call } from './call.ts'

type Place = Omit<Input<typeof messageTemplates.set>['body'], 'template'>

/** A shop's own wording, or null for that of the house. */
export function useMessageTemplate(place: Place, onSaved: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (template: MessageTemplate | null) => call(messageTemplates.set, { body: { ...place, template } }),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: [messageTemplates.get.path] })
      onSaved()
    },
  })
}

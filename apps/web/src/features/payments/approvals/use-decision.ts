/** What is done with an order that waits: agreed to, declined, taken back. */
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { safety, type WaitingOperation } from '@choba/shared/contracts/safety.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { call } from '../../../api/call.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'

export type Decision =
  | { readonly kind: 'approved' }
  | { readonly kind: 'declined'; readonly reason: string }
  | { readonly kind: 'taken_back' }

export function useDecision({ id, kind, orderNumber }: WaitingOperation) {
  const { approvals: words } = useWords()
  const language = useLanguage()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn(decision: Decision) {
      if (decision.kind === 'approved') return call(safety.approve, { id })
      if (decision.kind === 'taken_back') return call(safety.takeBack, { id })
      return call(safety.decline, { id, body: { reason: decision.reason } })
    },
    onSuccess(_row, decision) {
      const action = label(language, 'action', kind)
      notifications.show({ message: fill(words[decision.kind], { order: orderNumber, action }) })
    },
    // Whatever came of it, somebody else may have been faster.
    onSettled: () => queryClient.invalidateQueries(),
  })
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Output } from '@choba/shared/contract.ts'
import { security } from '@choba/shared/contracts/security.ts'
import { asApiError } from '../../api/api-error.ts'
import { q } from '../../api/q.ts'
import { sessionQuery } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { failureText } from '../../ui/feedback/failure.tsx'

export type OwnSecurity = Output<typeof security.own>
export const accountQuery = q(security.own, {})

/** A change of one's ways in: afterwards they are read again, and so is what may now be done. */
export function useAccountChange<Input, Result>(
  change: (input: Input) => Promise<Result>,
  onDone: (result: Result) => void,
) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    async onSuccess(result) {
      onDone(result)
      await Promise.all(
        [security.own.path, sessionQuery.queryKey[0]].map((path) =>
          queryClient.invalidateQueries({ queryKey: [path] }),
        ),
      )
    },
  })
}

/** What went wrong and what to do about it; a wrong password is just that. */
export function useFailure(error: Error | null): string | null {
  const language = useLanguage()
  const words = useWords()
  if (error === null) return null
  if (error instanceof DOMException) return words.own_security.passkey_cancelled
  return failureText(language, asApiError(error))
}

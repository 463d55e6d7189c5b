import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { type ExportRow, exports } from '@choba/shared/contracts/exports.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'

export function useExportActions({ id, list, view, encoding, language: headings }: ExportRow) {
  const queryClient = useQueryClient()
  const language = useLanguage()
  const { exports: words } = useWords()
  // One key until it is taken: a second press is the same request.
  const key = useRef(crypto.randomUUID())
  const onSettled = () => queryClient.invalidateQueries({ queryKey: [exports.list.path] })
  function onError(error: Error): void {
    const { code } = asApiError(error)
    notifications.show({ color: 'vermilion', title: words.could_not, message: label(language, 'error', code) })
  }
  return {
    cancel: useMutation({ mutationFn: () => call(exports.cancel, { id }), onError, onSettled }),
    again: useMutation({
      mutationFn: () =>
        call(exports.create, {
          // What was replaced once is replaced again.
          body: { idempotencyKey: key.current, list, view, encoding, language: headings, substitute: true },
        }),
      onSuccess: () => (key.current = crypto.randomUUID()),
      onError,
      onSettled,
    }),
  }
}

import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { type ExportScheduleRow, exportSchedules } from '@choba/shared/contracts/export-schedules.ts'
import { exports } from '@choba/shared/contracts/exports.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { failureText } from '../../ui/feedback/failure.tsx'

export function useScheduleActions({ id, name, isPaused }: ExportScheduleRow) {
  const queryClient = useQueryClient()
  const language = useLanguage()
  const { export_schedule: words, exports: export_words } = useWords()
  // One key until it is taken: a second press is the same request.
  const key = useRef(crypto.randomUUID())
  async function onSettled(): Promise<void> {
    await queryClient.invalidateQueries({ queryKey: [exportSchedules.list.path] })
    await queryClient.invalidateQueries({ queryKey: [exports.list.path] })
  }
  function onError(error: Error): void {
    const message = failureText(language, asApiError(error))
    notifications.show({ color: 'vermilion', title: export_words.could_not, message })
  }
  function tell(message: string): void {
    notifications.show({ message: fill(message, { name }) })
  }
  return {
    pause: useMutation({
      mutationFn: () => call(exportSchedules.pause, { id, body: { isPaused: !isPaused } }),
      onSuccess: () => tell(isPaused ? words.resumed : words.paused_now),
      onError,
      onSettled,
    }),
    run: useMutation({
      mutationFn: () => call(exportSchedules.run, { id, body: { idempotencyKey: key.current } }),
      onSuccess() {
        key.current = crypto.randomUUID()
        tell(words.started)
      },
      onError,
      onSettled,
    }),
    remove: useMutation({
      mutationFn: () => call(exportSchedules.remove, { id }),
      onSuccess: () => tell(words.removed),
      onSettled,
    }),
  }
}

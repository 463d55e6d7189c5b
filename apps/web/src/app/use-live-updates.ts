/** Keeps one stream of news open while someone is signed in. Lists listen for themselves; here the small things are asked again. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { work } from '@choba/shared/contracts/connections.ts'
import { providerMessages } from '@choba/shared/contracts/provider-messages.ts'
import { onPaymentsChanged, openEvents } from '../api/events.ts'

/** A short break while the stream reconnects is nobody's business. */
const TELL_AFTER_MS = 4000

export function useLiveUpdates(): { readonly lost: boolean } {
  const queryClient = useQueryClient()
  const [lost, setLost] = useState(false)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const close = openEvents((flowing) => {
      clearTimeout(timer)
      if (flowing) setLost(false)
      else timer = setTimeout(() => setLost(true), TELL_AFTER_MS)
    })
    return () => {
      clearTimeout(timer)
      close()
    }
  }, [])

  useEffect(
    () =>
      onPaymentsChanged(() => {
        void queryClient.invalidateQueries({ queryKey: [work.get.path] })
        void queryClient.invalidateQueries({ queryKey: [providerMessages.list.path] })
      }),
    [queryClient],
  )
  return { lost }
}

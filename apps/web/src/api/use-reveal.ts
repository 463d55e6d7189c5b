/** Personal data that is masked for its reader: asked for with a reason, held by the one view that asked, gone with it or after a while. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { reveals } from '@choba/shared/contracts/reveals.ts'
import { failedOf } from './api-error.ts'
import { q } from './q.ts'
import { useMay } from './session.ts'
import { useReasons } from './use-reasons.ts'

export const SHOWN_FOR_MINUTES = 5

/** Of the record of this id; another id begins masked. */
export function useReveal<Shown>(id: string, ask: (reason: string) => Promise<Shown>) {
  const readsAnyway = useMay('personal_data.read')
  const mayReveal = useMay('personal_data.reveal') && !readsAnyway
  const [isAsking, setAsking] = useState(false)
  const [held, hold] = useState<{ readonly id: string; readonly what: Shown } | null>(null)
  const { offered } = useReasons('reveal', mayReveal)
  const left = useQuery({ ...q(reveals.left, {}), enabled: mayReveal && isAsking, staleTime: 0 })
  // The answer stays in no cache: `gcTime` of zero lets the change go with its view.
  const asking = useMutation({
    mutationFn: async (reason: string) => ({ id, what: await ask(reason) }),
    gcTime: 0,
  })
  function show(answer: { readonly id: string; readonly what: Shown }): void {
    hold(answer)
    setAsking(false)
  }
  const { reset } = asking
  useEffect(() => {
    const forget = () => {
      hold(null)
      setAsking(false)
      reset()
    }
    return forget
  }, [id, reset])
  useEffect(() => {
    if (held === null) return
    const timer = setTimeout(() => {
      hold(null)
      reset()
    }, SHOWN_FOR_MINUTES * 60_000)
    return () => clearTimeout(timer)
  }, [held, reset])

  return {
    mayReveal,
    shown: held?.id === id ? held.what : null,
    isAsking,
    isBusy: asking.isPending,
    failed: failedOf(asking.error ?? left.error),
    offered,
    left: left.data,
    minutes: SHOWN_FOR_MINUTES,
    open: () => {
      reset()
      setAsking(true)
    },
    close: () => setAsking(false),
    // Whoever has left meanwhile is not told any more.
    ask: (reason: string) => asking.mutate(reason, { onSuccess: show }),
    hide: () => {
      hold(null)
      reset()
    },
  }
}

/** The notes of a payment and what can be done with them; each change answers with all of it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { inbox, notes, type PaymentTalk } from '@choba/shared/contracts/notes.ts'
import { payments } from '@choba/shared/contracts/payments.ts'
import { call } from '../../../../api/call.ts'
import { useRefresh } from '../../../../api/pages.ts'
import { q } from '../../../../api/q.ts'

export function useNotes(id: string) {
  const queryClient = useQueryClient()
  const query = q(notes.get, { id })
  const answer = useQuery(query)
  // The id goes with the words until they are kept: pressed twice it is one note.
  const draft = useRef<{ readonly key: string; readonly noteId: string } | null>(null)
  useRefresh([notes.get.path])

  function keep(talk: PaymentTalk): void {
    queryClient.setQueryData(query.queryKey, talk)
    for (const path of [inbox.get.path, payments.list.path, payments.totals.path])
      void queryClient.invalidateQueries({ queryKey: [path] })
  }
  const add = useMutation({
    mutationFn(note: { readonly body: string; readonly mentions: string[] }) {
      const key = JSON.stringify([id, note])
      if (draft.current?.key !== key) draft.current = { key, noteId: crypto.randomUUID() }
      return call(notes.add, { id, body: { id: draft.current.noteId, ...note } })
    },
    onSuccess(talk) {
      draft.current = null
      keep(talk)
    },
  })
  const remove = useMutation({ mutationFn: (noteId: string) => call(notes.remove, { id, noteId }), onSuccess: keep })
  const assign = useMutation({
    mutationFn: (userId: string | null) => call(notes.assign, { id, body: { userId } }),
    onSuccess: keep,
  })
  return { answer, add, remove, assign }
}

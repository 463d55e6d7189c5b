/** A schedule, put together or changed: what of, when, of which days, and where it goes. */
import { Modal, Stack, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMutation } from '@tanstack/react-query'
import { notifications } from '@mantine/notifications'
import { type FormEvent, useState } from 'react'
import {
  type ExportScheduleRow,
  exportSchedules,
  type ScheduleAsked,
} from '@choba/shared/contracts/export-schedules.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { DialogEnd } from '../../ui/feedback/dialog-end.tsx'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import { draftOf, faultsOf, type Source, timeOf } from './schedule-draft.ts'
import { timeText } from './schedule-words.ts'
import { WhatFields } from './what-fields.tsx'
import { WhenFields } from './when-fields.tsx'
import { WhereFields } from './where-fields.tsx'

type ScheduleDialogProps = {
  readonly known?: ExportScheduleRow
  /** The file whose like shall be written again and again. */
  readonly source?: Source
  readonly onClose: () => void
}

export function ScheduleDialog({ known, source, onClose }: ScheduleDialogProps) {
  const { export_schedule: words, app } = useWords()
  const language = useLanguage()
  const { data, error, refetch } = useQuery(q(exportSchedules.list, {}))
  const [draft, setDraft] = useState(() => draftOf(known ?? null, source ?? null, language))
  const [time, setTime] = useState(() => timeText(draft))
  const [isTried, setTried] = useState(false)
  const faults = faultsOf(draft, time)
  const shown = isTried ? faults : { name: false, at: false, fileName: false, recipients: false }
  const saving = useSaving(known, onClose)
  function change(changes: Partial<ScheduleAsked>): void {
    setDraft({ ...draft, ...changes })
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    const at = timeOf(time)
    if (at !== null && !Object.values(faults).includes(true))
      saving.mutate({ ...draft, ...at, name: draft.name.trim() })
  }
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={known === undefined ? words.add : fill(words.action_of, { what: words.change, name: known.name })}
      closeButtonProps={{ 'aria-label': app.close }}
    >
      <ReadState data={data} failed={failedOf(error)} failedTitle={words.failed} onRetry={() => void refetch()}>
        {(places) => (
          <form noValidate onSubmit={submit}>
            <Stack gap="md">
              <TextInput
                label={words.name}
                placeholder={words.name_hint}
                data-autofocus
                maxLength={60}
                value={draft.name}
                error={shown.name ? words.name_missing : null}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
              <WhatFields draft={draft} isChosen={known !== undefined || source !== undefined} onChange={change} />
              <WhenFields draft={draft} time={time} isWrong={shown.at} onTime={setTime} onChange={change} />
              <WhereFields draft={draft} places={places} faults={shown} onChange={change} />
              <p className="soft" style={{ margin: 0 }}>
                {words.owner_hint}
              </p>
              <DialogEnd
                failed={failedOf(saving.error)}
                submit={words.save}
                isBusy={saving.isPending}
                onClose={onClose}
              />
            </Stack>
          </form>
        )}
      </ReadState>
    </Modal>
  )
}

function useSaving(known: ExportScheduleRow | undefined, onClose: () => void) {
  const queryClient = useQueryClient()
  const { export_schedule: words } = useWords()
  // One id for all tries, so that a repeat makes no second one.
  const [newId] = useState(() => crypto.randomUUID())
  return useMutation({
    mutationFn: (asked: ScheduleAsked) =>
      known === undefined
        ? call(exportSchedules.add, { body: { id: newId, ...asked } })
        : call(exportSchedules.change, { id: known.id, body: asked }),
    async onSuccess(_done, { name }) {
      notifications.show({ message: fill(words.saved, { name }) })
      await queryClient.invalidateQueries({ queryKey: [exportSchedules.list.path] })
      onClose()
    },
  })
}

/** What colleagues say about the payment, and whose it is. */
import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { PaymentNote, PaymentTalk } from '@choba/shared/contracts/notes.ts'
import { failedOf } from '../../../../api/api-error.ts'
import { useMay, useSession } from '../../../../api/session.ts'
import { useLanguage, useWords } from '../../../../i18n/language.ts'
import { Section } from '../../../../ui/facts/section.tsx'
import { ConfirmDialog } from '../../../../ui/feedback/confirm-dialog.tsx'
import { Failure } from '../../../../ui/feedback/failure.tsx'
import { ReadState } from '../../../../ui/feedback/read-state.tsx'
import { formatInstant } from '../../../../ui/time/format-time.ts'
import { partsOf } from './mentions.ts'
import { NoteComposer } from './note-composer.tsx'
import styles from './notes.module.css'
import { useNotes } from './use-notes.ts'

export function NotesSection({ id }: { readonly id: string }) {
  const words = useWords().notes
  const { answer, add, remove, assign } = useNotes(id)
  const [doubted, setDoubted] = useState<string | null>(null)
  return (
    <Section title={words.title}>
      <ReadState
        data={answer.data}
        failed={failedOf(answer.error)}
        failedTitle={words.failed}
        onRetry={() => void answer.refetch()}
      >
        {(talk) => (
          <>
            <Assignee talk={talk} isBusy={assign.isPending} onAssign={(userId) => assign.mutate(userId)} />
            <Failure failed={failedOf(assign.error)} />
            {talk.notes.length === 0 ? <p className="soft">{words.none}</p> : null}
            <ol className={styles.list}>
              {talk.notes.map((note) => (
                <Note key={note.id} note={note} onRemove={() => setDoubted(note.id)} />
              ))}
            </ol>
            <Failure failed={failedOf(add.error)} />
            <NoteComposer
              key={id}
              people={talk.people}
              isBusy={add.isPending}
              onAdd={(note) => add.mutateAsync(note)}
            />
          </>
        )}
      </ReadState>
      {doubted === null ? null : (
        <ConfirmDialog
          title={words.remove_title}
          text={words.remove_text}
          doIt={words.remove}
          isBusy={remove.isPending}
          failed={failedOf(remove.error)}
          onDo={() => remove.mutate(doubted, { onSuccess: () => setDoubted(null) })}
          onClose={() => setDoubted(null)}
        />
      )}
    </Section>
  )
}

function Note({ note, onRemove }: { readonly note: PaymentNote; readonly onRemove: () => void }) {
  const words = useWords().notes
  const language = useLanguage()
  const mayWrite = useMay('notes.write')
  const { user } = useSession()
  return (
    <li className={styles.note}>
      <div className={styles.noteHead}>
        <strong>{note.author.name}</strong>
        <time dateTime={note.writtenAt}>{formatInstant(note.writtenAt, language)}</time>
        <span className={styles.grow} />
        {mayWrite && note.author.id === user.id && !note.isRemoved ? (
          <button type="button" className="link-button no-print" onClick={onRemove}>
            {words.remove}
          </button>
        ) : null}
      </div>
      {note.isRemoved ? (
        <p className={`${styles.body} soft`}>{words.removed}</p>
      ) : (
        <p className={styles.body}>
          {partsOf(note.body, note.mentions, new Set(note.mentions.map(({ id }) => id))).map(
            ({ text, person }, index) => (
              <span key={`${index}-${text}`} className={person === null ? undefined : styles.name}>
                {text}
              </span>
            ),
          )}
        </p>
      )}
    </li>
  )
}

type AssigneeProps = {
  readonly talk: PaymentTalk
  readonly isBusy: boolean
  readonly onAssign: (userId: string | null) => void
}

function Assignee({ talk: { assignee, people }, isBusy, onAssign }: AssigneeProps) {
  const words = useWords().notes
  const mayWrite = useMay('notes.write')
  const { user } = useSession()
  // Whoever has it may have left since.
  const known = assignee === null || people.some(({ id }) => id === assignee.id) ? people : [assignee, ...people]
  const isMine = assignee?.id === user.id
  return (
    <div className={styles.assignee}>
      <NativeSelect
        size="xs"
        label={words.assignee}
        value={assignee?.id ?? ''}
        disabled={!mayWrite || isBusy}
        title={mayWrite ? undefined : words.may_not}
        onChange={(event) => onAssign(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        data={[{ value: '', label: words.nobody }, ...known.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      {mayWrite && !isMine ? (
        <Button className="no-print" size="xs" variant="default" disabled={isBusy} onClick={() => onAssign(user.id)}>
          {words.assign_me}
        </Button>
      ) : null}
    </div>
  )
}

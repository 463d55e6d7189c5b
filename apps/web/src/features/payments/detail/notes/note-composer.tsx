/** A note is written: `@` offers whom to tell, by keyboard or pointer. */
import { Button, Textarea } from '@mantine/core'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { NOTE_LENGTH, type NotePerson } from '@choba/shared/contracts/notes.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useMay, useSession } from '../../../../api/session.ts'
import { useLanguage, useWords } from '../../../../i18n/language.ts'
import { separatorIn } from '../../../../i18n/separator.ts'
import { isComposing } from '../../../../ui/keyboard/guard.ts'
import { beingNamed, mentionsIn, suggestionsFor } from './mentions.ts'
import styles from './notes.module.css'

type NoteComposerProps = {
  readonly people: readonly NotePerson[]
  readonly isBusy: boolean
  /** Resolves once it is kept; the words stay when it is not. */
  readonly onAdd: (note: { readonly body: string; readonly mentions: string[] }) => Promise<unknown>
}

export function NoteComposer({ people, isBusy, onAdd }: NoteComposerProps) {
  const words = useWords().notes
  const language = useLanguage()
  const mayWrite = useMay('notes.write')
  const { user } = useSession()
  const listId = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  const [body, setBody] = useState('')
  const [caret, setCaret] = useState(0)
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [pointed, setPointed] = useState(0)
  const [isClosed, setClosed] = useState(false)
  const typed = beingNamed(body.slice(0, caret))
  const offered =
    typed === undefined || isClosed
      ? []
      : suggestionsFor(
          typed,
          people.filter(({ id }) => id !== user.id),
        )
  const told = mentionsIn(body, people, picked)

  function write(text: string, at: number): void {
    setBody(text)
    setCaret(at)
    setPointed(0)
    setClosed(false)
  }
  function pick(person: NotePerson): void {
    const before = body.slice(0, caret - (typed ?? '').length - 1)
    const named = `${before}@${person.name} `
    write(named + body.slice(caret), named.length)
    setPicked(new Set([...picked, person.id]))
    requestAnimationFrame(() => {
      box.current?.focus()
      box.current?.setSelectionRange(named.length, named.length)
    })
  }
  async function add(): Promise<void> {
    const text = body.trim()
    if (text === '' || isBusy) return
    await onAdd({ body: text, mentions: told.map(({ id }) => id) })
    write('', 0)
    setPicked(new Set())
  }
  function press(event: KeyboardEvent): void {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      add().catch(() => undefined) // what went wrong is shown by who keeps the note
      return
    }
    if (offered.length === 0) return
    const person = offered[pointed]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setPointed((pointed + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length)
    } else if ((event.key === 'Enter' || event.key === 'Tab') && person !== undefined) pick(person)
    else if (event.key === 'Escape') setClosed(true)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <form
      className={`${styles.composer} no-print`}
      onSubmit={(event) => {
        event.preventDefault()
        add().catch(() => undefined) // as above
      }}
    >
      <div className={styles.composer}>
        <Textarea
          ref={box}
          aria-label={words.write}
          placeholder={words.placeholder}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={NOTE_LENGTH}
          value={body}
          disabled={!mayWrite}
          title={mayWrite ? undefined : words.may_not}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={offered.length > 0}
          aria-controls={listId}
          aria-activedescendant={offered.length > 0 ? `${listId}-${pointed}` : undefined}
          onChange={(event) => write(event.currentTarget.value, event.currentTarget.selectionStart)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={press}
        />
        <ul
          id={listId}
          role="listbox"
          aria-label={words.suggestions}
          className={styles.suggestions}
          hidden={offered.length === 0}
        >
          {offered.map((person, index) => (
            <li
              key={person.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === pointed}
              className={styles.suggestion}
              onPointerDown={(event) => {
                event.preventDefault()
                pick(person)
              }}
            >
              {person.name}
            </li>
          ))}
        </ul>
      </div>
      <div className={styles.foot}>
        <span className="soft" style={{ fontSize: '0.78rem', flex: 1 }} role="status">
          {told.length === 0
            ? words.hint
            : fill(words.told, { names: told.map(({ name }) => name).join(separatorIn(language)) })}
        </span>
        <Button
          type="submit"
          size="xs"
          loading={isBusy}
          disabled={!mayWrite || body.trim() === ''}
          title={mayWrite ? undefined : words.may_not}
        >
          {words.add}
        </Button>
      </div>
    </form>
  )
}

/** A place for a file: dropped, chosen, or pasted as text. */
import { Button, Loader } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import styles from './drop-zone.module.css'

const TABLES = '.csv,.tsv,.txt,.xlsx,text/csv,text/plain'

type DropZoneProps = {
  readonly title: string
  readonly hint: string
  readonly choose: string
  readonly busy: boolean
  readonly busyWord: string
  /** Why nothing can be taken now; then the zone is closed. */
  readonly closed?: string | undefined
  /** What may be chosen, as an input's `accept`. */
  readonly accept?: string
  readonly onFile: (file: File) => void
  readonly children?: ReactNode
}

export function DropZone({
  title,
  hint,
  choose,
  busy,
  busyWord,
  closed,
  accept = TABLES,
  onFile,
  children,
}: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const isOpen = !busy && closed === undefined
  const paste = useEffectEvent((event: ClipboardEvent) => {
    if (!isOpen || isField(event.target)) return
    const file = event.clipboardData?.files[0] ?? pastedText(event.clipboardData?.getData('text/plain') ?? '')
    if (file === undefined) return
    event.preventDefault()
    onFile(file)
  })
  useEffect(() => {
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [])

  function take(files: FileList | null | undefined): void {
    const file = files?.[0]
    if (file !== undefined && isOpen) onFile(file)
  }

  return (
    <div
      className={`${styles.zone} ${over && isOpen ? styles.over : ''}`}
      role="group"
      aria-label={title}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files)
      }}
    >
      {busy ? <Loader size={20} aria-hidden="true" /> : <IconFileImport size={24} stroke={1.5} aria-hidden="true" />}
      <div className={styles.words} role="status">
        <p className={styles.title}>{busy ? busyWord : (closed ?? title)}</p>
        <p className={styles.hint}>{hint}</p>
      </div>
      <div className={styles.buttons}>
        {children}
        <Button size="xs" disabled={!isOpen} onClick={() => input.current?.click()}>
          {choose}
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={choose}
        onChange={(event) => {
          take(event.currentTarget.files)
          // The same file again is a change too.
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [contenteditable="true"]') !== null
}

/** Cells copied out of a spreadsheet: more than one line, or it is no table. */
function pastedText(text: string): File | undefined {
  return text.trim().includes('\n') ? new File([text], 'paste.txt', { type: 'text/plain' }) : undefined
}

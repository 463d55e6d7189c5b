/** The Cabinet Office's list: read, its faults named, and what it would change. */
import { Modal, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { calendar, type CalendarFile } from '@choba/shared/contracts/calendar.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Failure } from '../../ui/feedback/failure.tsx'
import { DropZone } from '../../ui/upload/drop-zone.tsx'
import { ChangesDialog } from './changes-dialog.tsx'

export function FileDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords()
  const [changes, setChanges] = useState<CalendarFile['changes'] | null>(null)
  const reading = useMutation({
    mutationFn: async (file: File) => call(calendar.readFile, { body: { base64: toBase64(await file.arrayBuffer()) } }),
    onSuccess: (read) => {
      if (read.changes.length > 0) setChanges(read.changes)
    },
  })
  if (changes !== null) return <ChangesDialog changes={changes} source="file" onClose={onClose} />
  return (
    <Modal
      opened
      onClose={onClose}
      size={720}
      title={words.calendar.file_title}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <Stack gap="md">
        <DropZone
          title={words.calendar.file_title}
          hint={words.calendar.file_hint}
          choose={words.calendar.file_choose}
          busy={reading.isPending}
          busyWord={words.calendar.file_busy}
          onFile={(file) => reading.mutate(file)}
        />
        <Failure failed={failedOf(reading.error)} />
        {reading.data === undefined ? null : <Read file={reading.data} />}
      </Stack>
    </Modal>
  )
}

function Read({ file: { rows, years, faults, changes } }: { readonly file: CalendarFile }) {
  const words = useWords()
  return (
    <div>
      <p>{years === null ? null : fill(words.calendar.file_read, { rows, ...years })}</p>
      {faults.length === 0 && changes.length === 0 ? <p>{words.calendar.file_same}</p> : null}
      {faults.length === 0 ? null : (
        <>
          <p role="alert">{words.calendar.file_faults}</p>
          <PlainTable
            caption={words.calendar.file_faults}
            columns={[{ name: words.calendar.day }, { name: words.calendar.changes }, { name: words.calendar.name }]}
            rows={faults.map(({ line, fault, text }) => ({
              key: `${line}`,
              cells: [fill(words.calendar.file_line, { line }), words.calendar_fault[fault], text],
            }))}
          />
        </>
      )}
    </div>
  )
}

function toBase64(bytes: ArrayBuffer): string {
  let text = ''
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte)
  return btoa(text)
}

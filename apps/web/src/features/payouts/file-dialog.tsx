/** Bringing a statement file by hand: choose, look at what it would say, take it in. */
import { Button, FileInput, Group, Modal, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type FilePreview, payouts } from '@choba/shared/contracts/payouts.ts'
import { parseBusinessDate } from '@choba/shared/dates.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { type ReadFile, readFile, suggestionsOf } from './file-input.ts'
import { FilePreviewView } from './file-preview.tsx'
import styles from './payouts.module.css'

type FileDialogProps = {
  /** Where the file was dropped before the dialog was asked for. */
  readonly given?: ReadFile | undefined
  readonly onClose: () => void
}

export function FileDialog({ given, onClose }: FileDialogProps) {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const queryClient = useQueryClient()
  const sources = useQuery(q(payouts.fileSources, {})).data
  const [place, setPlace] = useState<string | null>(null)
  const [file, setFile] = useState(given?.file ?? null)
  const [content, setContent] = useState(given?.content ?? '')
  const [said] = useState(() => suggestionsOf(given?.file.name ?? ''))
  const [number, setNumber] = useState(said.number ?? '')
  const [closing, setClosing] = useState<string>(said.closingOn ?? '')
  const [pay, setPay] = useState('')
  const [mapping, setMapping] = useState<Record<string, string> | null>(null)
  const items = sources?.items ?? []
  const chosen = items.find((item) => placeOf(item) === place) ?? items[0]
  // Columns are said once: the next file of the contract is read by what was said of the last.
  const columns = mapping ?? chosen?.mapping ?? {}
  const [closingOn, payOn] = [parseBusinessDate(closing), parseBusinessDate(pay)]
  const isReady =
    chosen !== undefined && content !== '' && number.trim() !== '' && closingOn !== undefined && payOn !== undefined
  const body = {
    connectionId: chosen?.connectionId ?? '',
    method: chosen?.method,
    statementNumber: number.trim(),
    closingOn: closing,
    payOn: pay,
    content,
    mapping: columns,
  }

  function tellFailure(error: unknown): void {
    const { code } = asApiError(error)
    notifications.show({
      color: 'vermilion',
      title: label(language, 'error', code),
      message: label(language, 'error_advice', code),
    })
  }
  const preview = useMutation({ mutationFn: () => call(payouts.previewFile, { body }), onError: tellFailure })
  const take = useMutation({
    mutationFn: () => call(payouts.importFile, { body }),
    onError: tellFailure,
    async onSuccess({ result }) {
      notifications.show({ message: fill(words.statement_file[result], { number: body.statementNumber }) })
      onClose()
      await queryClient.invalidateQueries({ queryKey: [payouts.list.path] })
    },
  })

  async function choose(next: File | null): Promise<void> {
    setFile(next)
    preview.reset()
    setMapping(null)
    setContent(next === null ? '' : await readFile(next))
    if (next === null) return
    const { number: itsNumber, closingOn: itsClosing } = suggestionsOf(next.name)
    if (itsNumber !== undefined) setNumber(itsNumber)
    if (itsClosing !== undefined) setClosing(itsClosing)
  }
  const seen: FilePreview | undefined = preview.data
  const mayTake = seen !== undefined && seen.problems.length === 0 && seen.otherNumber === null && !seen.known

  return (
    <Modal
      opened
      onClose={onClose}
      size={980}
      title={words.statement_file.title}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <p className={styles.lead}>{words.statement_file.lead}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) preview.mutate()
        }}
      >
        <div className={styles.fields}>
          <Select
            label={words.statement_file.source}
            data={items.map((item) => ({
              value: placeOf(item),
              label: `${shops.find((shop) => shop.id === item.shopId)?.name ?? ''} · ${label(language, 'method', item.method)}`,
            }))}
            value={chosen === undefined ? null : placeOf(chosen)}
            onChange={(next) => {
              setPlace(next)
              setMapping(null)
              preview.reset()
            }}
            allowDeselect={false}
          />
          <FileInput
            label={words.statement_file.file}
            description={words.statement_file.file_hint}
            accept=".csv,text/csv"
            value={file}
            onChange={(next) => void choose(next)}
            clearable
          />
          <TextInput
            label={words.statement_file.number}
            value={number}
            maxLength={40}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={words.statement_file.closing}
            value={closing}
            onChange={(event) => setClosing(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={words.statement_file.pay}
            value={pay}
            onChange={(event) => setPay(event.currentTarget.value)}
          />
        </div>
        {seen === undefined ? null : (
          <FilePreviewView preview={seen} fields={chosen?.fields ?? []} mapping={columns} onMap={setMapping} />
        )}
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose}>
            {words.app.cancel}
          </Button>
          <Button
            type="submit"
            variant={mayTake ? 'default' : 'filled'}
            disabled={!isReady}
            loading={preview.isPending}
          >
            {words.statement_file.check}
          </Button>
          {mayTake ? (
            <Button loading={take.isPending} onClick={() => take.mutate()}>
              {words.statement_file.take}
            </Button>
          ) : null}
        </Group>
      </form>
    </Modal>
  )
}

/** A contract has a statement for each of its methods. */
function placeOf({ connectionId, method }: { readonly connectionId: string; readonly method: string }): string {
  return `${connectionId} ${method}`
}

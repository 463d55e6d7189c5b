/** Correcting one row: the fields at fault first and in focus, the row as it came beside them. */
import { Button, Drawer, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type FormEvent, useState } from 'react'
import type { ImportRow, ImportRun } from '@choba/shared/contracts/imports.ts'
import { importFaultWords } from '@choba/shared/imports/fault-words.ts'
import { WORD_FIELDS } from '@choba/shared/imports/words.ts'
import { IMPORT_FIELDS } from '@choba/shared/imports/kinds.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { valueWords, wordValue } from './word-values.ts'
import styles from './imports.module.css'
import type { useRunCommands } from './use-import.ts'

type RowEditorProps = {
  readonly run: ImportRun
  readonly row: ImportRow
  readonly edit: ReturnType<typeof useRunCommands>['edit']
  readonly onClose: () => void
  /** Undefined where no further row needs somebody. */
  readonly onNext: (() => void) | undefined
}

export function RowEditor({ run, row: opened, edit, onClose, onNext }: RowEditorProps) {
  const { imports } = useWords()
  const language = useLanguage()
  const [row, setRow] = useState(opened)
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const atFault = new Set(row.faults.map((fault) => fault.field))
  const fields = IMPORT_FIELDS[run.kind].filter(
    (field) =>
      atFault.has(field.id) || field.required || run.mapping[field.id] !== undefined || row.edited.includes(field.id),
  )
  const sorted = [
    ...fields.filter((field) => atFault.has(field.id)),
    ...fields.filter((field) => !atFault.has(field.id)),
  ]

  function save(event: FormEvent): void {
    event.preventDefault()
    edit.mutate(
      { row: row.row, values },
      {
        onSuccess(answer) {
          setValues({})
          if (answer.row.state !== 'ready') return setRow(answer.row)
          notifications.show({ message: fill(imports.saved, { line: answer.row.line }) })
          if (onNext === undefined) onClose()
          else onNext()
        },
      },
    )
  }

  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={520}
      title={fill(imports.edit_title, { line: row.line })}
      closeButtonProps={{ 'aria-label': label(language, 'app', 'close') }}
    >
      <form onSubmit={save} className={styles.editor}>
        {row.faults
          .filter((fault) => fault.field === null)
          .map((fault) => (
            <p key={fault.code} className={styles.missing} role="alert">
              {importFaultWords(language, fault)}
            </p>
          ))}
        {sorted.map((field, index) => {
          const faults = row.faults.filter((fault) => fault.field === field.id)
          const choices = WORD_FIELDS[run.kind][field.id]
          const value = values[field.id] ?? row.values[field.id] ?? ''
          const error =
            faults.length === 0 ? undefined : faults.map((fault) => importFaultWords(language, fault)).join(' ')
          if (choices !== undefined)
            return (
              <Select
                key={field.id}
                size="sm"
                label={label(language, 'import_field', field.id)}
                withAsterisk={field.required}
                placeholder={value}
                value={wordValue(run.kind, field.id, value) ?? null}
                onChange={(next) => setValues({ ...values, [field.id]: next ?? '' })}
                data={choices.map((each) => ({ value: each, label: valueWords(language, field.id, each) }))}
                error={error}
              />
            )
          return (
            <TextInput
              key={field.id}
              size="sm"
              label={label(language, 'import_field', field.id)}
              withAsterisk={field.required}
              value={value}
              onChange={(event) => setValues({ ...values, [field.id]: event.currentTarget.value })}
              error={error}
              {...(index === 0 ? { 'data-autofocus': true } : {})}
            />
          )
        })}
        <div className={styles.actions}>
          <Button type="submit" loading={edit.isPending}>
            {imports.edit_save}
          </Button>
          {onNext === undefined ? null : (
            <Button variant="default" onClick={onNext}>
              {imports.edit_next}
            </Button>
          )}
        </div>
        <h2 className={styles.subtitle}>{imports.original}</h2>
        <dl className={styles.original}>
          {row.cells.map((cell, index) => (
            // A file may call two columns the same: their place tells them apart.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={index}>
              <dt>{run.header[index] ?? index + 1}</dt>
              <dd>{cell === '' ? '–' : cell}</dd>
            </div>
          ))}
        </dl>
      </form>
    </Drawer>
  )
}

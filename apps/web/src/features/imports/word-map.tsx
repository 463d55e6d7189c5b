/** What the words of a file mean: open while one of them is not known, otherwise folded away. */
import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Output } from '@choba/shared/contract.ts'
import { type ImportRun, imports } from '@choba/shared/contracts/imports.ts'
import { headerKey } from '@choba/shared/imports/kinds.ts'
import { SKIP_WORD, WORD_FIELDS } from '@choba/shared/imports/words.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { q } from '../../api/q.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Section } from '../../ui/facts/section.tsx'
import { formatCount } from '../../ui/money/format-yen.ts'
import styles from './imports.module.css'
import { valueWords } from './word-values.ts'
import type { useRunCommands } from './use-import.ts'

type WordMapProps = { readonly run: ImportRun; readonly map: ReturnType<typeof useRunCommands>['map'] }
type FieldWords = Output<typeof imports.words>['fields'][number]

export function WordMap({ run, map }: WordMapProps) {
  const may = useMay('imports.work')
  const isOpen = may && run.state === 'preview' && Object.keys(WORD_FIELDS[run.kind]).length > 0
  const words = useQuery({ ...q(imports.words, { id: run.id }), enabled: isOpen })
  const fields = (words.data?.fields ?? []).filter((field) => field.words.length > 0)
  if (!isOpen || fields.length === 0) return null
  // Told anew, it begins anew.
  return <Words key={JSON.stringify(run.reading)} run={run} map={map} fields={fields} />
}

function Words({ run, map, fields }: WordMapProps & { readonly fields: readonly FieldWords[] }) {
  const { imports: words } = useWords()
  const language = useLanguage()
  const isUnknown = fields.some((field) => field.words.some(({ value }) => value === null))
  const [isOpen, setOpen] = useState(isUnknown)
  const [told, setTold] = useState<Readonly<Record<string, Readonly<Record<string, string>>>>>(run.reading.words ?? {})
  if (!isOpen)
    return (
      <Button size="compact-sm" variant="subtle" mt="sm" onClick={() => setOpen(true)}>
        {words.words}
      </Button>
    )
  return (
    <Section title={words.words}>
      <p className={styles.small}>{words.words_lead}</p>
      {fields.map(({ field, words: counted, more }) => (
        <fieldset key={field} className={styles.words}>
          <legend>{label(language, 'import_field', field)}</legend>
          <div className={styles.fields}>
            {counted.map(({ word, rows, value }) => (
              <Select
                key={word}
                size="xs"
                label={word}
                description={fill(words.words_rows, { count: formatCount(rows) })}
                placeholder={words.words_choose}
                value={told[field]?.[headerKey(word)] ?? value}
                onChange={(next) => {
                  if (next !== null) setTold({ ...told, [field]: { ...told[field], [headerKey(word)]: next } })
                }}
                data={[...(WORD_FIELDS[run.kind][field] ?? []), SKIP_WORD].map((each) => ({
                  value: each,
                  label: valueWords(language, field, each),
                }))}
                error={value === null && told[field]?.[headerKey(word)] === undefined}
                allowDeselect={false}
              />
            ))}
          </div>
          {more ? <p className={styles.small}>{words.words_more}</p> : null}
        </fieldset>
      ))}
      <Button
        size="sm"
        mt="sm"
        loading={map.isPending}
        onClick={() =>
          map.mutate({ mapping: run.mapping, carrierCode: run.carrierCode, reading: { ...run.reading, words: told } })
        }
      >
        {words.columns_apply}
      </Button>
    </Section>
  )
}

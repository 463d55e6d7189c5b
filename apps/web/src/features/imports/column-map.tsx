/** Which column says what. Open while something is missing, otherwise folded away. */
import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ImportRun } from '@choba/shared/contracts/imports.ts'
import { shipments } from '@choba/shared/contracts/shipments.ts'
import { IMPORT_FIELDS, missingFields } from '@choba/shared/imports/kinds.ts'
import { DAY_ORDERS } from '@choba/shared/imports/words.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { q } from '../../api/q.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { Section } from '../../ui/facts/section.tsx'
import styles from './imports.module.css'
import type { useRunCommands } from './use-import.ts'

type ColumnMapProps = { readonly run: ImportRun; readonly map: ReturnType<typeof useRunCommands>['map'] }

export function ColumnMap({ run, map }: ColumnMapProps) {
  const { imports } = useWords()
  const language = useLanguage()
  const may = useMay('imports.work')
  const [isOpen, setOpen] = useState(run.state === 'mapping')
  const [mapping, setMapping] = useState(run.mapping)
  const [days, setDays] = useState(run.reading.days ?? 'ymd')
  const [carrierCode, setCarrierCode] = useState(run.carrierCode)
  const carriers = useQuery({
    ...q(shipments.carriers, { shopId: run.shopId }),
    enabled: isOpen && run.kind === 'slips',
  })
  const mayChange = may && (run.state === 'mapping' || run.state === 'preview')
  if (!mayChange) return null
  if (!isOpen)
    return (
      <Button size="compact-sm" variant="subtle" mt="sm" onClick={() => setOpen(true)}>
        {imports.columns_edit}
      </Button>
    )
  const missing = missingFields(run.kind, mapping)
  const columns = run.header.map((name, index) => ({
    value: String(index),
    label: fill(imports.column_name, { n: index + 1, name }),
  }))

  function choose(field: string, value: string | null): void {
    const { [field]: _, ...rest } = mapping
    setMapping(value === null ? rest : { ...rest, [field]: Number(value) })
  }

  return (
    <Section title={imports.columns}>
      <p className={styles.small}>{imports.columns_lead}</p>
      <div className={styles.fields}>
        {IMPORT_FIELDS[run.kind].map((field) => (
          <Select
            key={field.id}
            size="xs"
            label={label(language, 'import_field', field.id)}
            withAsterisk={field.required}
            placeholder={imports.column_none}
            clearable
            searchable
            value={mapping[field.id] === undefined ? null : String(mapping[field.id])}
            onChange={(value) => choose(field.id, value)}
            data={columns}
            error={missing.includes(field.id)}
          />
        ))}
        {run.kind === 'slips' ? (
          <Select
            size="xs"
            label={imports.carrier_all}
            description={imports.carrier_all_hint}
            placeholder={imports.column_none}
            clearable
            searchable
            value={carrierCode}
            onChange={setCarrierCode}
            data={(carriers.data?.carriers ?? [])
              .filter((carrier) => carrier.allowed)
              .map((carrier) => ({ value: carrier.code, label: carrier[language] }))}
          />
        ) : null}
        {run.kind === 'slips' ? null : (
          <Select
            size="xs"
            label={imports.days}
            value={days}
            onChange={(value) => setDays(DAY_ORDERS.find((order) => order === value) ?? 'ymd')}
            data={DAY_ORDERS.map((value) => ({ value, label: label(language, 'import_days', value) }))}
            allowDeselect={false}
          />
        )}
      </div>
      {missing.length > 0 ? (
        <p className={styles.missing} role="status">
          {fill(imports.columns_missing, {
            fields: missing.map((id) => label(language, 'import_field', id)).join(separatorIn(language)),
          })}
        </p>
      ) : null}
      <Button
        size="sm"
        mt="sm"
        disabled={missing.length > 0}
        loading={map.isPending}
        onClick={() => map.mutate({ mapping, carrierCode, reading: { ...run.reading, days } })}
      >
        {imports.columns_apply}
      </Button>
    </Section>
  )
}

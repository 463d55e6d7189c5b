/** What a statement file says, beside what was expected of it; and what to say of columns nobody knows. */
import { Select } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { FilePreview } from '@choba/shared/contracts/payouts.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Facts, Section } from '../../ui/facts/section.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { Findings, Missing } from './comparison.tsx'
import { LineTable } from './line-table.tsx'
import styles from './payouts.module.css'

type Mapping = Record<string, string>
type FilePreviewProps = {
  readonly preview: FilePreview
  readonly fields: readonly string[]
  readonly mapping: Mapping
  readonly onMap: (mapping: Mapping) => void
}

export function FilePreviewView({ preview, fields, mapping, onMap }: FilePreviewProps) {
  const words = useWords()
  const own = words.statement_file
  const unknown = preview.problems.length > 0 ? preview.columns : preview.unknownColumns
  // What was said of a column can be taken back.
  const askColumns = [...new Set([...Object.values(mapping), ...unknown])]
  return (
    <>
      {preview.problems.length > 0 ? <Problems preview={preview} /> : <Read preview={preview} />}
      {preview.known ? <Said text={own.known} /> : null}
      {preview.otherNumber === null ? null : (
        <Said urgent text={fill(own.other_number, { number: preview.otherNumber })} />
      )}
      {askColumns.length > 0 ? (
        <Section title={own.columns}>
          <p className={styles.lead}>{own.columns_hint}</p>
          <div className={styles.fields}>
            {askColumns.map((column) => (
              <ColumnMeaning key={column} column={column} fields={fields} mapping={mapping} onMap={onMap} />
            ))}
          </div>
        </Section>
      ) : null}
    </>
  )
}

function ColumnMeaning({
  column,
  fields,
  mapping,
  onMap,
}: { readonly column: string } & Omit<FilePreviewProps, 'preview'>) {
  const language = useLanguage()
  const { statement_file: own } = useWords()
  const meaning = Object.keys(mapping).find((field) => mapping[field] === column) ?? null
  return (
    <Select
      size="xs"
      label={column}
      placeholder={own.column_unused}
      clearable
      data={fields.map((field) => ({ value: field, label: label(language, 'statement_field', field) }))}
      value={meaning}
      onChange={(field) => {
        const others = Object.fromEntries(Object.entries(mapping).filter(([, named]) => named !== column))
        onMap(field === null ? others : { ...others, [field]: column })
      }}
    />
  )
}

function Problems({ preview }: { readonly preview: FilePreview }) {
  const language = useLanguage()
  const { statement_file: own } = useWords()
  return (
    <Section title={own.problems}>
      <PlainTable
        caption={own.problems}
        columns={[{ name: own.problem_line, end: true }, { name: own.problem_column }, { name: own.problem }]}
        rows={preview.problems.map((problem, index) => ({
          key: String(index),
          cells: [
            problem.line,
            label(language, 'statement_field', problem.column),
            label(language, 'statement_problem', problem.problem),
          ],
        }))}
      />
    </Section>
  )
}

function Read({ preview }: { readonly preview: FilePreview }) {
  const words = useWords()
  const { totals, findings, differences } = preview
  const unknown = findings.unknown ?? 0
  return (
    <>
      <div className={styles.columns}>
        <Section title={words.payout.waterfall}>
          <Facts
            facts={[
              [words.payout.comparison_count, formatCount(preview.lines)],
              [words.payout.gross, formatYen(totals.grossYen)],
              [words.payout.fee, formatYen(-totals.feeYen)],
              [words.payout.tax, formatYen(-totals.taxYen)],
              [words.payout_column.otherYen, formatYen(totals.otherYen)],
              [words.payout.transfer, formatYen(totals.transferYen)],
            ]}
          />
        </Section>
        <Section title={words.payout.comparison}>
          <Findings findings={findings} />
        </Section>
      </div>
      {unknown > 0 ? (
        <Said urgent text={fill(words.statement_file.unknown_lines, { count: formatCount(unknown) })} />
      ) : null}
      <Section title={words.statement_file.differences}>
        {differences.length === 0 ? (
          <p className="soft">{words.statement_file.differences_none}</p>
        ) : (
          <LineTable rows={differences} method="np_postpaid" caption={words.statement_file.differences} />
        )}
        <Missing missing={preview.missing} sales={preview.missingSales} />
      </Section>
    </>
  )
}

function Said({ text, urgent = false }: { readonly text: string; readonly urgent?: boolean }) {
  const Icon = urgent ? IconAlertTriangle : IconInfoCircle
  return (
    <p
      className={urgent ? styles.differs : styles.note}
      role={urgent ? 'alert' : 'status'}
      style={{ display: 'flex', gap: 6, alignItems: 'center' }}
    >
      <Icon size={16} aria-hidden="true" />
      {text}
    </p>
  )
}

import type { TermPreview } from '@choba/shared/contracts/contract-terms.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import type { TermKind } from '@choba/shared/terms.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { formatYen, UNKNOWN } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import styles from './contracts.module.css'
import { termFacts } from './term-words.ts'

type ChangePreviewProps = {
  readonly kind: TermKind
  readonly preview: TermPreview
  readonly value: Readonly<Record<string, unknown>>
}

/** What holds on that day, before and after, and what follows from it. */
export function ChangePreview({ kind, preview, value }: ChangePreviewProps) {
  const { contracts } = useWords()
  const language = useLanguage()
  const before = new Map(preview.before === null ? [] : termFacts(kind, preview.before, language))
  const after = new Map(termFacts(kind, value, language))
  const names = [...new Set([...before.keys(), ...after.keys()])]
  const closing = (each: { closingOn: string; payOn: string } | null) =>
    each === null ? UNKNOWN : `${formatDay(each.closingOn, language)} → ${formatDay(each.payOn, language)}`
  return (
    <div className={styles.preview}>
      <PlainTable
        caption={contracts.title}
        columns={[{ name: contracts.title }, { name: contracts.before }, { name: contracts.after }]}
        rows={[
          ...names.map((name) => ({
            key: name,
            cells: [name, before.get(name) ?? UNKNOWN, strongIf(before.get(name) !== after.get(name), after.get(name))],
          })),
          ...preview.closings.map((each) => ({
            key: each.after.closingOn,
            cells: [contracts.closings, closing(each.before), closing(each.after)],
          })),
          ...(preview.example === null
            ? []
            : [
                {
                  key: 'example',
                  cells: [contracts.example, formatYen(preview.example.beforeYen), formatYen(preview.example.afterYen)],
                },
              ]),
        ]}
      />
      <p className={styles.note}>
        {preview.until === null
          ? contracts.open_ended
          : fill(contracts.until, { day: formatDay(preview.until, language) })}
        {preview.replaces ? ` ${contracts.replaces}` : ''}
      </p>
    </div>
  )
}

function strongIf(isChanged: boolean, text: string | undefined) {
  if (text === undefined) return UNKNOWN
  return isChanged ? <strong>{text}</strong> : text
}

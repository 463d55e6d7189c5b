import type { TermPreview } from '@choba/shared/contracts/contract-terms.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import type { TermKind } from '@choba/shared/terms.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { formatYen, UNKNOWN } from '../../ui/money/format-yen.ts'
import { formatDay, formatMonth } from '../../ui/time/format-time.ts'
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
      {preview.effect === null ? null : <Effect effect={preview.effect} />}
      <p className={styles.note}>
        {preview.until === null
          ? contracts.open_ended
          : fill(contracts.until, { day: formatDay(preview.until, language) })}
        {preview.replaces ? ` ${contracts.replaces}` : ''}
      </p>
    </div>
  )
}

type MonthCost = NonNullable<TermPreview['effect']>['after']

/** What the last whole month would have left. */
function Effect({ effect }: { readonly effect: NonNullable<TermPreview['effect']> }) {
  const { contracts } = useWords()
  const language = useLanguage()
  const { month, sales, grossYen, before, after } = effect
  const monthly = ({ monthlyYen, covered }: MonthCost) =>
    covered ? formatYen(-monthlyYen) : fill(contracts.effect_carried, { amount: formatYen(-monthlyYen) })
  const rows = [
    [fill(contracts.effect_sales, { month: formatMonth(month, language), count: sales }), () => formatYen(grossYen)],
    [contracts.effect_fees, ({ feesYen }: MonthCost) => formatYen(-feesYen)],
    [contracts.effect_monthly, monthly],
    [contracts.effect_transfer, ({ transferYen }: MonthCost) => formatYen(transferYen)],
  ] as const
  return (
    <PlainTable
      caption={contracts.effect_transfer}
      columns={[
        { name: contracts.effect_transfer },
        { name: contracts.before, end: true },
        { name: contracts.after, end: true },
      ]}
      rows={rows.map(([name, of]) => ({
        key: name,
        cells: [
          name,
          before === null ? UNKNOWN : of(before),
          strongIf(before !== null && of(before) !== of(after), of(after)),
        ],
      }))}
    />
  )
}

function strongIf(isChanged: boolean, text: string | undefined) {
  if (text === undefined) return UNKNOWN
  return isChanged ? <strong>{text}</strong> : text
}

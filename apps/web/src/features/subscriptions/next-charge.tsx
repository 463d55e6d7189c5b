/** The cycle to come as it would be made up now, with its tax, and the days after it. */
import { IconInfoCircle } from '@tabler/icons-react'
import type { PlannedCycle, SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Facts } from '../../ui/facts/section.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import styles from './subscriptions.module.css'

export function NextCharge({ subscription }: { readonly subscription: SubscriptionDetail }) {
  const { subscription_detail: words } = useWords()
  const language = useLanguage()
  const { planned, status, endsOn, kind, method } = subscription
  const [next] = planned
  if (next === undefined)
    return (
      <p className="soft">
        {status === 'paused' ? words.next_none_paused : status === 'ended' ? words.next_none_ended : words.next_none}
      </p>
    )
  return (
    <>
      <PlannedCycles
        planned={planned}
        isMetered={kind === 'metered'}
        isNp={method === 'np_postpaid'}
        isByProvider={kind === 'simple'}
      />
      {endsOn === null ? null : (
        <p className={styles.note}>
          <IconInfoCircle size={15} aria-hidden="true" />
          {fill(words.ends_note, { day: formatDay(endsOn, language) })}
        </p>
      )}
    </>
  )
}

type PlannedCyclesProps = {
  readonly planned: readonly PlannedCycle[]
  readonly isMetered: boolean
  readonly isNp: boolean
  /** Nothing is made up here: the provider charges on the day. */
  readonly isByProvider?: boolean
}

/** Also shown beside the form, for a subscription that is not made yet. */
export function PlannedCycles({ planned, isMetered, isNp, isByProvider = false }: PlannedCyclesProps) {
  const { subscription_detail: words, app } = useWords()
  const language = useLanguage()
  const [next, ...later] = planned
  if (next === undefined) return null
  const chargeOn = isNp ? words.charge_on_np : words.charge_on_card
  return (
    <>
      <p className={styles.nextLine}>
        <span className="soft">{fill(words.cycle, { number: next.number })}</span>
        <strong className={styles.big}>{formatYen(next.amountYen)}</strong>
        <span>{app.yen}</span>
        {isMetered ? <span className="soft">{words.amount_metered}</span> : null}
      </p>
      <ul className={styles.taxes}>
        {next.taxes.map((part) => (
          <li key={part.rateBp}>{taxWords(part, words)}</li>
        ))}
      </ul>
      <Facts
        facts={[
          [words.generate_on, isByProvider ? null : formatDay(next.generateOn, language)],
          [chargeOn, formatDay(next.chargeOn, language)],
          [words.falls_on, isByProvider ? null : formatDay(next.fallsOn, language)],
        ]}
      />
      <p className={`soft ${styles.figureText}`}>{isByProvider ? words.by_provider_hint : words.generate_hint}</p>
      {later.length === 0 ? null : (
        <details className={styles.later}>
          <summary>{words.after_next}</summary>
          <PlainTable
            caption={words.after_next}
            columns={[
              { name: '#' },
              ...(isByProvider ? [] : [{ name: words.generate_on }]),
              { name: chargeOn },
              ...(isByProvider ? [] : [{ name: words.falls_on }]),
              { name: words.line_amount, end: true },
            ]}
            rows={later.map((cycle) => ({
              key: String(cycle.number),
              cells: [
                cycle.number,
                ...(isByProvider ? [] : [formatDay(cycle.generateOn, language)]),
                formatDay(cycle.chargeOn, language),
                ...(isByProvider ? [] : [formatDay(cycle.fallsOn, language)]),
                formatYen(cycle.amountYen),
              ],
            }))}
          />
        </details>
      )}
    </>
  )
}

type TaxWords = { readonly tax_part: string; readonly tax_none: string }

function taxWords({ rateBp, amountYen, taxYen }: PlannedCycle['taxes'][number], words: TaxWords): string {
  const values = { rate: percent(rateBp), amount: formatYen(amountYen), tax: formatYen(taxYen) }
  return fill(rateBp === 0 ? words.tax_none : words.tax_part, values)
}

/** Basis points as whole or broken percents. */
export function percent(rateBp: number): string {
  return String(rateBp / 100)
}

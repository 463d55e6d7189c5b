/** What a closing and its transfer book: the statement's own entries, and every account's sum. */
import type { PayoutDetail } from '@choba/shared/contracts/payouts.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Section } from '../../ui/facts/section.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import styles from './payouts.module.css'

export function PayoutBooks({ detail: { accounts, entries } }: { readonly detail: PayoutDetail }) {
  const { payout, detail } = useWords()
  const language = useLanguage()
  const mayRead = useMay('journal.read')
  if (!mayRead) return null
  const lines = entries.flatMap((entry) => entry.lines.map((line, index) => ({ entry, line, index })))
  const total = (side: 1 | -1) => formatYen(accounts.reduce((sum, each) => sum + Math.max(side * each.amountYen, 0), 0))
  return (
    <div className={styles.columns}>
      <Section title={payout.accounts}>
        <PlainTable
          caption={payout.accounts}
          columns={[
            { name: payout.account },
            { name: payout.tax_class },
            { name: payout.debit, end: true },
            { name: payout.credit, end: true },
          ]}
          rows={accounts.map(({ account, taxClass, amountYen }) => ({
            key: `${account}-${taxClass ?? ''}`,
            cells: [
              label(language, 'account', account),
              taxClass === null ? '' : label(language, 'tax_class', taxClass),
              amountYen > 0 ? formatYen(amountYen) : '',
              amountYen < 0 ? formatYen(-amountYen) : '',
            ],
          }))}
          foot={[detail.total, '', total(1), total(-1)]}
        />
      </Section>
      <Section title={payout.entries}>
        {lines.length === 0 ? (
          <p className="soft">{payout.entries_none}</p>
        ) : (
          <PlainTable
            caption={payout.entries}
            columns={[
              { name: detail.entry_day },
              { name: detail.entry_kind },
              { name: payout.account },
              { name: payout.debit, end: true },
              { name: payout.credit, end: true },
            ]}
            rows={lines.map(({ entry, line, index }) => ({
              key: `${entry.id}-${index}`,
              cells: [
                index === 0 ? formatDay(entry.on, language) : '',
                index === 0 ? label(language, 'entry_kind', entry.kind) : '',
                label(language, 'account', line.account),
                line.debitYen === 0 ? '' : formatYen(line.debitYen),
                line.creditYen === 0 ? '' : formatYen(line.creditYen),
              ],
            }))}
          />
        )}
        <p className={styles.note}>{payout.entries_hint}</p>
      </Section>
    </div>
  )
}

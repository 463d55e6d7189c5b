/** The books of a payment: its goods, its journal, and its neighbours. */
import { Link } from '@tanstack/react-router'
import type { PaymentDetail } from '@choba/shared/contracts/payments.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import { useMay } from '../../../api/session.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { PlainTable } from '../../../ui/facts/plain-table.tsx'
import { Section } from '../../../ui/facts/section.tsx'
import { formatCount, formatYen } from '../../../ui/money/format-yen.ts'
import { MethodMark } from '../../../ui/status/method-mark.tsx'
import { StatusBadge } from '../../../ui/status/status-badge.tsx'
import { formatDay, formatInstant } from '../../../ui/time/format-time.ts'

const BASIS_POINTS = 10_000
const percent = new Intl.NumberFormat('ja-JP', { style: 'percent', maximumFractionDigits: 2 })

export function Goods({ detail }: { readonly detail: PaymentDetail }) {
  const words = useWords().detail
  // A past sale out of a file may not say what was sold.
  if (detail.goods.length === 0) return null
  return (
    <Section title={words.goods}>
      <PlainTable
        caption={words.goods}
        columns={[
          { name: words.goods_name },
          { name: words.quantity, end: true },
          { name: words.unit_price, end: true },
          { name: words.tax_rate, end: true },
          { name: words.amount, end: true },
        ]}
        rows={detail.goods.map((line, index) => ({
          key: String(index),
          cells: [
            line.name,
            formatCount(line.quantity),
            formatYen(line.unitPriceYen),
            formatRate(line.taxRateBp),
            formatYen(line.unitPriceYen * line.quantity),
          ],
        }))}
        foot={[
          words.total,
          '',
          '',
          '',
          formatYen(detail.goods.reduce((sum, line) => sum + line.unitPriceYen * line.quantity, 0)),
        ]}
      />
      {detail.taxes.map((tax) => (
        <p key={tax.rateBp} className="soft num" style={{ margin: '4px 0 0', fontSize: '0.8125rem' }}>
          {fill(words.of_which_tax, { rate: formatRate(tax.rateBp) })} {formatYen(tax.taxYen)}
        </p>
      ))}
    </Section>
  )
}

export function Journal({ detail }: { readonly detail: PaymentDetail }) {
  const words = useWords().detail
  const language = useLanguage()
  const mayRead = useMay('journal.read')
  if (!mayRead) return null
  const lines = detail.entries.flatMap((entry) =>
    entry.lines.map((line, index) => ({ entry, line, first: index === 0, key: `${entry.id}-${index}` })),
  )
  const sum = (side: 'debitYen' | 'creditYen') => formatYen(lines.reduce((total, { line }) => total + line[side], 0))
  return (
    <Section title={words.journal}>
      {lines.length === 0 ? (
        <p className="soft">{words.journal_none}</p>
      ) : (
        <PlainTable
          caption={words.journal}
          columns={[
            { name: words.entry_day },
            { name: words.entry_kind },
            { name: words.account },
            { name: words.tax_class },
            { name: words.debit, end: true },
            { name: words.credit, end: true },
          ]}
          rows={lines.map(({ entry, line, first, key }) => ({
            key,
            cells: [
              first ? formatDay(entry.on, language) : '',
              first ? label(language, 'entry_kind', entry.kind) : '',
              accountWords(line.account, language),
              line.taxClass === null ? '' : label(language, 'tax_class', line.taxClass),
              line.debitYen === 0 ? '' : formatYen(line.debitYen),
              line.creditYen === 0 ? '' : formatYen(line.creditYen),
            ],
          }))}
          foot={[words.total, '', '', '', sum('debitYen'), sum('creditYen')]}
        />
      )}
    </Section>
  )
}

export function Related({ detail }: { readonly detail: PaymentDetail }) {
  const words = useWords()
  const language = useLanguage()
  if (detail.related.length === 0) return null
  return (
    <Section title={words.detail.related}>
      <PlainTable
        caption={words.detail.related}
        columns={[
          { name: words.detail.order_number },
          { name: words.filter.status },
          { name: words.filter.method },
          { name: words.detail.amount, end: true },
          { name: words.detail.ordered_at },
        ]}
        rows={detail.related.map((other) => ({
          key: other.id,
          cells: [
            <span key="order">
              <Link to="/payments/$id" params={{ id: other.id }} className="link-button mono">
                {other.orderNumber}
              </Link>
              <div className="soft" style={{ fontSize: '0.75rem' }}>
                {words.relation[other.relation]}
              </div>
            </span>,
            <StatusBadge key="status" status={other.status} language={language} />,
            <MethodMark key="method" method={other.method} language={language} />,
            formatYen(other.amountYen),
            formatInstant(other.orderedAt, language),
          ],
        }))}
      />
    </Section>
  )
}

/** Basis points as a percentage. */
function formatRate(rateBp: number): string {
  return percent.format(rateBp / BASIS_POINTS)
}

/** An account may carry its sub-account, `receivable:card`: said as 売掛金（カード）. */
function accountWords(account: string, language: Language): string {
  const [name = account, sub] = account.split(':')
  const word = label(language, 'account', name)
  if (sub === undefined) return word
  const subWord = label(language, 'method', sub)
  return language === 'ja' ? `${word}（${subWord}）` : `${word} (${subWord})`
}

import { Link } from '@tanstack/react-router'
import type { CustomerDetail } from '@choba/shared/contracts/customers.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Section } from '../../ui/facts/section.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { StatusBadge } from '../../ui/status/status-badge.tsx'
import { formatDay, formatInstant } from '../../ui/time/format-time.ts'
import styles from './customers.module.css'

export function ByMethod({ rows }: { readonly rows: CustomerDetail['byMethod'] }) {
  const { customer } = useWords()
  const language = useLanguage()
  return (
    <Section title={customer.by_method}>
      <PlainTable
        caption={customer.by_method}
        columns={[
          { name: customer.method },
          { name: customer.payments, end: true },
          { name: customer.captured, end: true },
          { name: customer.refunded, end: true },
        ]}
        rows={rows.map((row) => ({
          key: row.method,
          cells: [
            <MethodMark key="method" method={row.method} language={language} />,
            formatCount(row.payments),
            formatYen(row.capturedYen),
            formatYen(row.refundedYen),
          ],
        }))}
      />
    </Section>
  )
}

/** What counts against the limit, and until when it may. */
export function OpenPayments({ rows }: { readonly rows: CustomerDetail['open'] }) {
  const { customer } = useWords()
  const language = useLanguage()
  return (
    <Section title={customer.open_title}>
      {rows.length === 0 ? (
        <p className="soft">{customer.open_empty}</p>
      ) : (
        <PlainTable
          caption={customer.open_title}
          columns={[
            { name: customer.order },
            { name: customer.status },
            { name: customer.due_on },
            { name: customer.reminders, end: true },
            { name: customer.open_yen, end: true },
          ]}
          rows={rows.map((row) => ({
            key: row.id,
            cells: [
              <OrderLink key="order" id={row.id} orderNumber={row.orderNumber} />,
              <StatusBadge key="status" status={row.status} language={language} />,
              row.dueOn === null ? (
                <span key="due" className="soft">
                  {customer.not_issued}
                </span>
              ) : (
                formatDay(row.dueOn, language)
              ),
              formatCount(row.reminders),
              formatYen(row.openYen),
            ],
          }))}
        />
      )}
    </Section>
  )
}

export function PointsSection({ points }: { readonly points: CustomerDetail['points'] }) {
  const { points: words } = useWords()
  if (points === null) return null
  return (
    <Section title={words.title}>
      <p className={styles.figure}>{fill(words.figure, { points: formatCount(points.points) })}</p>
      <p className={styles.note}>
        {points.payments === 0
          ? fill(words.none_yet, { yen: formatYen(points.yenPerPoint) })
          : fill(words.text, { count: formatCount(points.payments), yen: formatYen(points.yenPerPoint) })}
      </p>
      {points.assumed ? <p className={styles.note}>{words.assumed}</p> : null}
      <p className={styles.note}>{words.books}</p>
    </Section>
  )
}

export function Screenings({ rows }: { readonly rows: CustomerDetail['screenings'] }) {
  const { customer } = useWords()
  const language = useLanguage()
  const comma = separatorIn(language)
  return (
    <Section title={customer.screenings}>
      {rows.length === 0 ? (
        <p className="soft">{customer.screenings_empty}</p>
      ) : (
        <PlainTable
          caption={customer.screenings}
          columns={[
            { name: customer.decided_at },
            { name: customer.order },
            { name: customer.attempt, end: true },
            { name: customer.result },
            { name: customer.reasons },
          ]}
          rows={rows.map((row) => ({
            key: `${row.paymentId} ${row.attempt}`,
            cells: [
              formatInstant(row.decidedAt, language),
              <OrderLink key="order" id={row.paymentId} orderNumber={row.orderNumber} />,
              formatCount(row.attempt),
              label(language, 'screening_result', row.result),
              row.reasons.length === 0 ? (
                <span key="reasons" className="soft">
                  –
                </span>
              ) : (
                row.reasons.map((code) => label(language, 'reason', code)).join(comma)
              ),
            ],
          }))}
        />
      )}
    </Section>
  )
}

export function OrderLink({ id, orderNumber }: { readonly id: string; readonly orderNumber: string }) {
  return (
    <Link to="/payments/$id" params={{ id }} className="link-button mono">
      {orderNumber}
    </Link>
  )
}

/** What a bill says, what became of it, and its history. */
import type { InvoiceDetail } from '@choba/shared/contracts/invoices.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Copyable } from '../../ui/copy/copyable.tsx'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Facts, Section } from '../../ui/facts/section.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { StatusBadge } from '../../ui/status/status-badge.tsx'
import { formatDay, formatInstant } from '../../ui/time/format-time.ts'
import { eventWords } from '../../ui/timeline/event-words.ts'
import { Timeline } from '../../ui/timeline/timeline.tsx'
import { InvoiceBadge, IssueDay } from './invoice-columns.tsx'
import styles from './invoices.module.css'

export function InvoiceDetailView({ detail }: { readonly detail: InvoiceDetail }) {
  const { invoices: words, invoice_column: names, app } = useWords()
  const language = useLanguage()
  const { invoice, issues, npIds, lateFeeYen } = detail
  const day = (value: string | null) => (value === null ? null : formatDay(value, language))
  return (
    <>
      <div className={styles.detailHead}>
        <strong className="mono">{invoice.orderNumber}</strong>
        <InvoiceBadge state={invoice.state} language={language} />
        <strong className="num">
          {formatYen(invoice.amountYen)} {app.yen}
        </strong>
      </div>
      <p className="soft">{invoice.customerName}</p>
      <Section title={words.bill}>
        <Facts
          facts={[
            [names.providerId, npIds.map((each) => <Copyable key={each} value={each} language={language} />)],
            [
              names.inquiryNumber,
              invoice.inquiryNumber === null ? null : <Copyable value={invoice.inquiryNumber} language={language} />,
            ],
            [names.delivery, label(language, 'invoice_delivery', invoice.delivery)],
            [names.shippedOn, day(invoice.shippedOn)],
            [words.arrived, day(detail.arrivedOn)],
            [names.issuedOn, <IssueDay key="issued" row={invoice} language={language} />],
            [names.dueOn, day(invoice.dueOn)],
            [
              names.reissues,
              invoice.reissues === 0 ? words.none : fill(words.times, { count: formatCount(invoice.reissues) }),
            ],
            [
              names.reminders,
              invoice.reminders === 0
                ? words.none
                : fill(words.reminded, {
                    count: formatCount(invoice.reminders),
                    date: formatDay(invoice.remindedOn, language),
                  }),
            ],
            [
              words.late_fee_each,
              lateFeeYen === null ? words.none : fill(words.late_fee_each_yen, { yen: formatYen(lateFeeYen) }),
            ],
          ]}
        />
      </Section>
      <Section title={words.customer_payment}>
        {invoice.paidOn === null ? (
          <p className="soft">{words.not_paid}</p>
        ) : (
          <Facts
            facts={[
              [names.paidOn, day(invoice.paidOn)],
              [names.paidPlace, invoice.paidPlace === null ? null : label(language, 'paid_at', invoice.paidPlace)],
              [names.paidStore, invoice.paidStore],
            ]}
          />
        )}
        <Facts facts={[[names.status, <StatusBadge key="status" status={invoice.status} language={language} />]]} />
      </Section>
      {issues.length > 1 ? (
        <Section title={words.issues}>
          <PlainTable
            caption={words.issues}
            columns={[{ name: '' }, { name: names.issuedOn }, { name: names.dueOn }, { name: names.inquiryNumber }]}
            rows={issues.map(({ issuedOn, dueOn, inquiryNumber, reissue }) => ({
              key: `${issuedOn} ${inquiryNumber} ${reissue}`,
              cells: [
                reissue === 0 ? words.issue_first : fill(words.issue_again, { count: reissue }),
                formatDay(issuedOn, language),
                formatDay(dueOn, language),
                <span key="number" className="mono">
                  {inquiryNumber}
                </span>,
              ],
            }))}
          />
        </Section>
      ) : null}
      <Section title={words.history}>
        <Timeline
          entries={detail.history
            .map((item) => ({
              key: String(item.sequence),
              text: eventWords(item, language),
              at: item.at,
              actor: label(language, 'actor', item.actor.kind),
              tone: item.type === 'customer_paid' ? ('done' as const) : ('plain' as const),
            }))
            .toReversed()}
          formatAt={(instant) => formatInstant(instant, language)}
        />
      </Section>
    </>
  )
}

/** What each method knows by itself: screening and invoice, card authorization, slip and deposits, statement lines. */
import { Link } from '@tanstack/react-router'
import type { PaymentDetail } from '@choba/shared/contracts/payments.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { Copyable } from '../../../ui/copy/copyable.tsx'
import { Facts, Section } from '../../../ui/facts/section.tsx'
import { formatYen } from '../../../ui/money/format-yen.ts'
import { ToneBadge } from '../../../ui/status/status-badge.tsx'
import { formatDay, formatInstant } from '../../../ui/time/format-time.ts'
import styles from './detail.module.css'
import { storeWords } from '../../../ui/timeline/event-words.ts'
import { type MethodFacts, readFacts } from './facts.ts'
import { PrintedInvoice } from './printed-invoice.tsx'
import { ReasonList } from './reason-list.tsx'

const RESULT_TONES = { approved: 'done', on_hold: 'needs_you', rejected: 'ended', in_review: 'waiting' } as const

export function MethodSections({ detail }: { readonly detail: PaymentDetail }) {
  const facts = readFacts(detail.state)
  return (
    <>
      {detail.payment.method === 'np_postpaid' ? (
        <>
          <Screening facts={facts} />
          {facts.delivery === 'bundled' ? <PrintedInvoice payment={detail.payment} /> : null}
          <InvoiceAndShipment facts={facts} />
        </>
      ) : null}
      {detail.payment.method === 'convenience_store' ? <Slip facts={facts} id={detail.payment.id} /> : null}
      {detail.payment.method === 'card' ? <Authorization facts={facts} /> : null}
      <Statements facts={facts} />
    </>
  )
}

function Screening({ facts }: { readonly facts: MethodFacts }) {
  const { detail } = useWords()
  const language = useLanguage()
  if (facts.attempts.length === 0 && facts.refusals.length === 0) return null
  return (
    <Section title={detail.screening}>
      {facts.attempts.map((attempt, index) => (
        <div key={`${attempt.at}-${attempt.result}`} className={styles.attempt}>
          <div className={styles.attemptHead}>
            <span>{fill(detail.screening_attempt, { number: index + 1 })}</span>
            <ToneBadge
              tone={RESULT_TONES[attempt.result as keyof typeof RESULT_TONES] ?? 'waiting'}
              word={label(language, 'screening', attempt.result)}
            />
            <span className="soft">{formatInstant(attempt.at, language)}</span>
          </div>
          <ReasonList codes={attempt.reasons} />
        </div>
      ))}
      {facts.refusals.map((refusal) => (
        <div key={refusal.at} className={styles.attempt}>
          <span className="soft">{formatInstant(refusal.at, language)}</span>
          <ReasonList codes={refusal.codes} />
        </div>
      ))}
    </Section>
  )
}

function InvoiceAndShipment({ facts }: { readonly facts: MethodFacts }) {
  const { detail, state_field } = useWords()
  const language = useLanguage()
  const { invoice, shipment, reminders, customerPayment } = facts
  if (invoice === null && shipment === null && facts.shipOn === null) return null
  const place = customerPayment === null ? null : (customerPayment.store ?? customerPayment.place)
  return (
    <Section title={detail.invoice}>
      <Facts
        facts={[
          [state_field.shipOn, facts.shipOn === null ? null : formatDay(facts.shipOn, language)],
          [state_field.shipped, shipment === null ? null : formatInstant(shipment.at, language)],
          [state_field.leftOn, shipment?.shippedOn ? formatDay(shipment.shippedOn, language) : null],
          [state_field.carrier, shipment === null ? null : label(language, 'carrier', shipment.carrierCode)],
          [
            state_field.slipNumber,
            shipment === null ? null : <Copyable value={shipment.slipNumber} language={language} />,
          ],
          [state_field.arrivalOn, facts.arrivalOn === null ? null : formatDay(facts.arrivalOn, language)],
          [state_field.issuedOn, invoice === null ? null : formatDay(invoice.issuedOn, language)],
          [state_field.dueOn, invoice === null ? null : formatDay(invoice.dueOn, language)],
          [
            state_field.inquiryNumber,
            invoice === null ? null : <Copyable value={invoice.inquiryNumber} language={language} />,
          ],
          [
            state_field.reissue,
            invoice === null || invoice.reissue === 0 ? null : fill(state_field.times, { count: invoice.reissue }),
          ],
          [
            state_field.reminders,
            reminders === null
              ? null
              : `${fill(state_field.times, { count: reminders.count })} (${formatDay(reminders.lastOn, language)})`,
          ],
          [state_field.customerPayment, customerPayment === null ? null : formatDay(customerPayment.on, language)],
          [state_field.place, place ? placeWords(place, language) : null],
        ]}
      />
    </Section>
  )
}

function placeWords(place: string, language: 'ja' | 'en'): string {
  const kind = label(language, 'paid_at', place)
  return kind === place ? storeWords(place, language) : kind
}

function Authorization({ facts }: { readonly facts: MethodFacts }) {
  const { money_step, state_field } = useWords()
  const language = useLanguage()
  if (facts.authorizedOn === null) return null
  return (
    <Section title={money_step.authorized}>
      <Facts
        facts={[
          [state_field.authorizedOn, formatDay(facts.authorizedOn, language)],
          [state_field.brand, facts.brand === null ? null : label(language, 'card_brand', facts.brand)],
          [
            state_field.transactionId,
            facts.transactionId === null ? null : <Copyable value={facts.transactionId} language={language} />,
          ],
        ]}
      />
    </Section>
  )
}

function Slip({ facts, id }: { readonly facts: MethodFacts; readonly id: string }) {
  const { detail, deposit, state_field, slip_sheet } = useWords()
  const language = useLanguage()
  if (facts.store === null) return null
  const reports = [
    [deposit.preliminary, facts.preliminary],
    [deposit.definite, facts.definite],
  ] as const
  return (
    <Section title={detail.slip}>
      <Facts
        facts={[
          [state_field.store, storeWords(facts.store, language)],
          [
            state_field.numbers,
            facts.numbers.length === 0
              ? null
              : facts.numbers.map((number) => <Copyable key={number} value={number} language={language} />),
          ],
          [state_field.payBy, facts.payBy === null ? null : formatDay(facts.payBy, language)],
          ...reports.map(
            ([name, report]) =>
              [
                `${name} ${state_field.deposited}`,
                report === null ? null : `${formatYen(report.totalYen)} (${formatInstant(report.at, language)})`,
              ] as const,
          ),
        ]}
      />
      <Link to="/slips/$id" params={{ id }} className="link-button no-print">
        {slip_sheet.open}
      </Link>
    </Section>
  )
}

function Statements({ facts }: { readonly facts: MethodFacts }) {
  const { detail, state_field } = useWords()
  const language = useLanguage()
  if (facts.statements.length === 0) return null
  return (
    <Section title={detail.statement}>
      {facts.statements.map((line) => (
        <div key={`${line.statementNumber}-${line.grossYen}`} className={styles.attempt}>
          <Facts
            facts={[
              [
                state_field.statementNumber,
                line.statementId ? (
                  <Link key="number" to="/payouts/$id" params={{ id: line.statementId }} className="link-button mono">
                    {line.statementNumber}
                  </Link>
                ) : (
                  <Copyable key="number" value={line.statementNumber} language={language} />
                ),
              ],
              [state_field.closingOn, formatDay(line.closingOn, language)],
              line.paidOn === null
                ? [state_field.payOn, formatDay(line.payOn, language)]
                : [state_field.paidOn, formatDay(line.paidOn, language)],
              [state_field.grossYen, formatYen(line.grossYen)],
              [state_field.feeYen, formatYen(line.feeYen)],
              [state_field.netYen, <strong key="net">{formatYen(line.grossYen - line.feeYen)}</strong>],
            ]}
          />
        </div>
      ))}
    </Section>
  )
}

/** What was agreed: rhythm, days, what follows a failure; and the goods of a cycle. */
import { Link } from '@tanstack/react-router'
import type { SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Facts, Section } from '../../ui/facts/section.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { percent } from './next-charge.tsx'
import { rhythmWords } from './rhythm-words.ts'
import { onFailureWords, retryWords } from './terms-words.ts'

type SectionProps = { readonly subscription: SubscriptionDetail }

export function TermsSection({ subscription }: SectionProps) {
  const words = useWords()
  const language = useLanguage()
  const own = words.subscription_detail
  const { customer, rhythm, method, card } = subscription
  const lead = method === 'np_postpaid' ? own.lead_np : own.lead_card
  return (
    <>
      <Section title={own.terms}>
        <Facts
          facts={[
            [words.subscription_column.kind, words.subscription_kind[subscription.kind]],
            [own.method, <MethodMark key="method" method={method} language={language} />],
            [
              own.card_of,
              card === null ? null : (
                <Link key="card" to="/payments/$id" params={{ id: card.paymentId }} className="link-button">
                  {fill(own.card_of_order, { order: card.orderNumber })}
                </Link>
              ),
            ],
            [own.rhythm, rhythmWords(language, rhythm)],
            [own.roll, words.rhythm[`roll_${rhythm.roll}`]],
            ...(subscription.kind === 'simple'
              ? []
              : ([
                  [own.lead, fill(lead, { generate: subscription.generateDays, charge: subscription.chargeDays })],
                  [own.retries, retryWords(language, subscription.retryDays)],
                  [own.then, onFailureWords(language, subscription)],
                ] as const)),
            [own.invoice, method === 'np_postpaid' ? own[`invoice_${subscription.invoice}`] : null],
            [own.ends_on, subscription.endsOn === null ? null : formatDay(subscription.endsOn, language)],
            [own.ended_on, subscription.endedOn === null ? null : formatDay(subscription.endedOn, language)],
          ]}
        />
      </Section>
      <Section title={own.customer}>
        <Facts
          facts={[
            [words.subscription_form.name, customer.name],
            [words.subscription_form.kana, customer.kana],
            [words.subscription_form.company, customer.company],
            [words.subscription_form.department, customer.department],
            [words.subscription_form.zip, customer.zip],
            [words.subscription_form.address, customer.address],
            [words.subscription_form.phone, customer.phone],
            [words.subscription_form.email, customer.email],
          ]}
        />
      </Section>
    </>
  )
}

export function GoodsSection({ subscription }: SectionProps) {
  const { subscription_detail: words } = useWords()
  const { goods, meter, amountYen } = subscription
  return (
    <Section title={words.goods}>
      <PlainTable
        caption={words.goods}
        columns={[
          { name: words.goods_name },
          { name: words.unit_price, end: true },
          { name: words.quantity, end: true },
          { name: words.tax_rate, end: true },
          { name: words.line_amount, end: true },
        ]}
        rows={[
          ...goods.map((line, index) => ({
            key: `${index}-${line.name}`,
            cells: [
              line.name,
              formatYen(line.unitPriceYen),
              formatYen(line.quantity),
              `${percent(line.taxRateBp)}%`,
              formatYen(line.unitPriceYen * line.quantity),
            ],
          })),
          ...(meter === null
            ? []
            : [
                {
                  key: 'meter',
                  cells: [
                    fill(words.meter_line, { name: meter.name }),
                    formatYen(meter.unitPriceYen),
                    <span key="use" className="soft">
                      {words.by_usage}
                    </span>,
                    `${percent(meter.taxRateBp)}%`,
                    <span key="amount" className="soft">
                      –
                    </span>,
                  ],
                },
              ]),
        ]}
        foot={['', '', '', '', formatYen(amountYen)]}
      />
    </Section>
  )
}

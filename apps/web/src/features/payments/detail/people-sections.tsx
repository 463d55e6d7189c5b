import { Link } from '@tanstack/react-router'
import type { PaymentDetail } from '@choba/shared/contracts/payments.ts'
import { useMay } from '../../../api/session.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { Copyable } from '../../../ui/copy/copyable.tsx'
import { Facts, Section } from '../../../ui/facts/section.tsx'

export function People({ detail }: { readonly detail: PaymentDetail }) {
  const words = useWords()
  const { customer, delivery, payment } = detail
  const language = useLanguage()
  // A masked number finds nobody, and one that was shown for a reason stands in no address.
  const mayFind = useMay('personal_data.read')
  return (
    <>
      <Section title={words.detail.customer}>
        <Facts
          facts={[
            [words.detail.name, customer.name],
            [words.detail.kana, customer.kana],
            [words.detail.company, customer.company],
            [words.detail.address, address(customer)],
            [words.detail.phone, customer.phone],
            [words.detail.email, customer.email],
          ]}
        />
        {customer.phone === '' || !mayFind ? null : (
          <p style={{ margin: '8px 0 0' }} className="no-print">
            <Link to="/customers" search={{ q: customer.phone }} className="link-button">
              {words.customer.open_customer}
            </Link>
          </p>
        )}
      </Section>
      <Section title={words.detail.delivery}>
        {delivery === null ? (
          <span className="soft">{words.detail.delivery_same}</span>
        ) : (
          <Facts
            facts={[
              [words.detail.name, delivery.name],
              [words.detail.kana, delivery.kana],
              [words.detail.company, delivery.company],
              [words.detail.address, address(delivery)],
              [words.detail.phone, delivery.phone],
            ]}
          />
        )}
      </Section>
      <Section title={words.detail.more}>
        <Facts
          facts={[
            [
              words.detail.provider_id,
              payment.providerId === null ? null : <Copyable value={payment.providerId} language={language} />,
            ],
            [words.filter.site, words.site[payment.site]],
            [words.filter.billing, words.billing[payment.billingMethod]],
            [words.filter.connection, words.connection[payment.connectionMethod]],
          ]}
        />
      </Section>
    </>
  )
}

function address(person: { readonly zip: string; readonly address: string }): string {
  return [person.zip === '' ? '' : `〒${person.zip}`, person.address].filter((part) => part !== '').join(' ')
}

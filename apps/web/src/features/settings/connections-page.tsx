/** What connects each shop to its providers: the agreement, its secrets as far as they may be seen, and a test. */
import { Anchor, Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type Agreement, agreements } from '@choba/shared/contracts/merchant.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { Facts, Section } from '../../ui/facts/section.tsx'
import { failureText } from '../../ui/feedback/failure.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { ConnectionDialog } from './connection-dialog.tsx'
import { ReadPage } from './read-page.tsx'
import styles from './settings.module.css'

export function ConnectionsPage() {
  const words = useWords()
  const { shops, environment } = useSession()
  const [open, setOpen] = useState<Agreement | 'new' | null>(null)
  return (
    <ReadPage
      title={words.settings_section.connections}
      lead={words.settings_lead.connections}
      contract={agreements.list}
    >
      {({ connections }) => (
        <>
          <Button
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            disabled={shops.length === 0}
            onClick={() => setOpen('new')}
          >
            {words.agreement.add}
          </Button>
          {environment === 'sandbox' ? <SandboxLinks connections={connections} /> : null}
          {shops.length === 0 ? <p className="soft">{words.agreement.shop_first}</p> : null}
          {shops.length > 0 && connections.length === 0 ? <p className="soft">{words.agreement.empty}</p> : null}
          {shops.map((shop) => {
            const own = connections.filter(({ shopId }) => shopId === shop.id)
            return own.length === 0 ? null : (
              <section key={shop.id} aria-label={shop.name}>
                <h2 className={styles.shopTitle}>{shop.name}</h2>
                <div className={styles.cards}>
                  {own.map((each) => (
                    <AgreementCard key={each.id} agreement={each} onChange={() => setOpen(each)} />
                  ))}
                </div>
              </section>
            )
          })}
          {open === null ? null : (
            <ConnectionDialog agreement={open === 'new' ? null : open} onClose={() => setOpen(null)} />
          )}
        </>
      )}
    </ReadPage>
  )
}

/** The pretend provider has pages of its own: its clock, which can be moved, what steers its answers, what it holds. */
function SandboxLinks({ connections }: { readonly connections: readonly Agreement[] }) {
  const { agreement: words } = useWords()
  const origins = [...new Set(connections.map(({ baseUrl }) => new URL(baseUrl).origin))]
  return origins.map((origin) => (
    <p key={origin} className="soft">
      {words.sandbox_pages}{' '}
      <Anchor href={origin} target="_blank" rel="noreferrer">
        {origin}
      </Anchor>
    </p>
  ))
}

type AgreementCardProps = { readonly agreement: Agreement; readonly onChange: () => void }

function AgreementCard({ agreement, onChange }: AgreementCardProps) {
  const words = useWords()
  const language = useLanguage()
  const { id, provider, connectionMethod, methods, baseUrl, validFrom, inForce, account, secrets } = agreement
  const { today } = useSession()
  const title = `${label(language, 'provider', provider)} ${words.connection[connectionMethod]}`
  const isLater = !inForce && validFrom > today
  return (
    <Section title={title}>
      <Facts
        facts={[
          [words.agreement.methods, methods.map((method) => words.method[method]).join(separatorIn(language))],
          ...Object.entries(account).map(([name, value]) => [label(language, 'account_field', name), value] as const),
          [words.agreement.base_url, baseUrl],
          ...secrets.map(
            ({ name, isSet, end }) =>
              [label(language, 'secret_field', name), isSet ? `••••${end}` : words.agreement.not_set] as const,
          ),
          ...(provider === 'sbps'
            ? [[words.agreement.card_sales, words.card_sales[agreement.cardSales]] as const]
            : []),
          [
            words.agreement.valid_from,
            `${formatDay(validFrom, language)} ${inForce ? words.agreement.in_force : isLater ? words.agreement.later : words.agreement.replaced}`,
          ],
        ]}
      />
      <div className={styles.actions}>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`${title}: ${words.settings.change}`}
          onClick={onChange}
        >
          {words.settings.change}
        </Button>
        <ConnectionTest id={id} title={title} />
      </div>
    </Section>
  )
}

function ConnectionTest({ id, title }: { readonly id: string; readonly title: string }) {
  const words = useWords()
  const asking = useMutation({ mutationFn: () => call(agreements.test, { id }) })
  const language = useLanguage()
  const failed = failedOf(asking.error)
  const answer = asking.data
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={asking.isPending}
        aria-label={`${title}: ${words.agreement.test}`}
        onClick={() => asking.mutate()}
      >
        {words.agreement.test}
      </Button>
      <p className={styles.answer} role="status" data-good={answer?.result === 'answered' || undefined}>
        {failed === null ? null : failureText(language, failed)}
        {answer === undefined ? null : fill(words.probe[answer.result], { ms: answer.tookMs })}
        {answer?.cause == null ? null : <span className="soft mono"> {answer.cause}</span>}
      </p>
    </>
  )
}

/** What contracts say, per shop and method: each kind of term as it stands, its history and what is planned. */
import { Button, Skeleton, Tooltip } from '@mantine/core'
import { IconContract } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { type TermKind, termKindsOf } from '@choba/shared/terms.ts'
import { asApiError } from '../../api/api-error.ts'
import { useMay, useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Facts, Section } from '../../ui/facts/section.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { ConnectionSettingsPanel } from './connection-settings.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import styles from './contracts.module.css'
import { PlanTable } from './plan-table.tsx'
import { TermHistory } from './term-history.tsx'
import { termFacts } from './term-words.ts'
import { contractsQuery, historyOf, inForce, type ListedContract, type ListedTerm } from './use-contracts.ts'

type Changing = { readonly contract: ListedContract; readonly kind: TermKind; readonly now: ListedTerm | undefined }

export function ContractsPage() {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const mayWrite = useMay('contracts.write')
  const { data, error, refetch } = useQuery(contractsQuery)
  const [changing, setChanging] = useState<Changing | null>(null)

  function body() {
    if (data === undefined && error !== null) {
      const { code, requestId } = asApiError(error)
      return (
        <ErrorNotice
          title={words.contracts.failed_title}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={() => void refetch()}
        />
      )
    }
    if (data === undefined) return <Skeleton height={320} role="status" aria-label={words.app.loading} />
    if (data.contracts.length === 0) return <Notice icon={IconContract} title={words.contracts.empty_title} />
    return data.contracts.map((contract) => (
      <section key={`${contract.shopId}-${contract.method}`} className={styles.contract}>
        <h2 className={styles.contractTitle}>
          <span>{shops.find((shop) => shop.id === contract.shopId)?.name}</span>
          <MethodMark method={contract.method} language={language} />
        </h2>
        <div className={styles.terms}>
          {termKindsOf(contract.method).map((kind) => (
            <TermCard
              key={kind}
              contract={contract}
              kind={kind}
              history={historyOf(data.terms, contract, kind)}
              onChange={(now) => setChanging({ contract, kind, now })}
            />
          ))}
        </div>
        {contract.method === 'np_postpaid' ? <PlanTable shopId={contract.shopId} /> : null}
      </section>
    ))
  }
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{words.contracts.title}</h1>
      <p className={styles.lead}>{words.contracts.lead}</p>
      {body()}
      {mayWrite ? <ConnectionSettingsPanel /> : null}
      {changing === null ? null : <ChangeDialog {...changing} onClose={() => setChanging(null)} />}
    </div>
  )
}

type TermCardProps = {
  readonly contract: ListedContract
  readonly kind: TermKind
  readonly history: readonly ListedTerm[]
  readonly onChange: (now: ListedTerm | undefined) => void
}

function TermCard({ contract, kind, history, onChange }: TermCardProps) {
  const words = useWords()
  const language = useLanguage()
  const mayWrite = useMay('contracts.write')
  const now = inForce(history, contract.today)
  const name = label(language, 'term', kind)
  return (
    <Section title={name}>
      {now === undefined ? (
        <p className="soft">{words.contracts.none}</p>
      ) : (
        <>
          <Facts facts={termFacts(kind, now.value, language)} />
          <p className={styles.note}>
            {fill(words.contracts.since, { day: formatDay(now.validFrom, language) })}
            {now.assumed ? (
              <span className={styles.assumed} title={words.contracts.assumed_hint}>
                {words.contracts.assumed}
              </span>
            ) : null}
          </p>
        </>
      )}
      <TermHistory kind={kind} history={history} now={now} today={contract.today} />
      <Tooltip
        label={words.contracts.no_permission}
        disabled={mayWrite}
        events={{ hover: true, focus: true, touch: true }}
      >
        <Button
          size="compact-xs"
          variant="default"
          mt={8}
          aria-label={`${name}: ${words.contracts.add}`}
          aria-disabled={!mayWrite}
          {...(mayWrite ? {} : { 'data-disabled': true })}
          onClick={() => mayWrite && onChange(now)}
        >
          {words.contracts.add}
        </Button>
      </Tooltip>
    </Section>
  )
}

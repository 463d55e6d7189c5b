/** What endangers a guaranteed payment: the rules with what is at stake, and the payments of the one chosen. */
import { Skeleton } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { guarantee } from '@choba/shared/contracts/guarantee.ts'
import { type GuaranteeRule, GUARANTEE_RULES } from '@choba/shared/guarantee.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import styles from './guarantee.module.css'
import { RuleList } from './rule-list.tsx'

export function GuaranteePage() {
  const words = useWords()
  const language = useLanguage()
  const { rule, shop } = useSearch({ from: '/console/guarantee' })
  const navigate = useNavigate({ from: '/guarantee' })
  const summary = useQuery(q(guarantee.summary, { query: shop === undefined ? {} : { shop } }))
  const found = summary.data?.rules ?? []
  const chosen = rule ?? found[0]?.rule

  function body() {
    if (summary.isPending) return <Skeleton height={320} role="status" aria-label={words.app.loading} />
    if (summary.isError) {
      const { code, requestId } = asApiError(summary.error)
      return (
        <ErrorNotice
          title={words.guarantee.failed}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={() => void summary.refetch()}
        />
      )
    }
    if (chosen === undefined) return <Notice icon={IconShieldCheck} title={words.guarantee.all_clear} />
    return (
      <div className={styles.split}>
        <RuleMenu
          found={found}
          chosen={chosen}
          onChoose={(next) => void navigate({ search: (before) => ({ ...before, rule: next }) })}
        />
        <RuleList key={chosen} rule={chosen} shop={shop} />
      </div>
    )
  }

  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{words.guarantee.title}</h1>
      <p className={styles.lead}>{words.guarantee.lead}</p>
      {summary.data && summary.data.count > 0 ? (
        <p className={styles.total}>
          {words.guarantee.at_stake}{' '}
          <strong>
            {fill(words.guarantee.total, {
              count: formatCount(summary.data.count),
              amount: formatYen(summary.data.amountYen),
            })}
          </strong>
        </p>
      ) : null}
      {body()}
    </div>
  )
}

type Found = { readonly rule: GuaranteeRule; readonly count: number; readonly amountYen: number }

/** Every rule stays in sight, so that "nothing" is an answer too. */
function RuleMenu({
  found,
  chosen,
  onChoose,
}: {
  readonly found: readonly Found[]
  readonly chosen: GuaranteeRule
  readonly onChoose: (rule: GuaranteeRule) => void
}) {
  const words = useWords()
  return (
    <nav aria-label={words.guarantee.rules} className={styles.rules}>
      {GUARANTEE_RULES.map((rule) => {
        const count = found.find((each) => each.rule === rule)
        return (
          <button
            key={rule}
            type="button"
            className={`${styles.rule} ${count ? '' : styles.clear}`}
            aria-current={rule === chosen ? 'true' : undefined}
            onClick={() => onChoose(rule)}
          >
            <span className={styles.ruleName}>{words.guarantee_rule[rule]}</span>
            <span className={styles.ruleCount}>{count ? formatCount(count.count) : '0'}</span>
            <span className={styles.ruleYen}>{count ? formatYen(count.amountYen) : ''}</span>
          </button>
        )
      })}
    </nav>
  )
}

/** The rows to be sent, each with what is wrong with it. */
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import { formatCount } from '../../ui/money/format-yen.ts'
import { emptyRow, type UsageProblem, type UsageRow } from './usage-file.ts'
import styles from './usage.module.css'

/** Of a long file the rows at fault are shown first; the rest are counted. */
const SHOWN = 100

type UsageRowsProps = {
  readonly rows: readonly UsageRow[]
  readonly problems: ReadonlyMap<string, UsageProblem>
  /** Customers by code, as far as they are known. */
  readonly names: ReadonlyMap<string, string>
  readonly onChange: (rows: readonly UsageRow[]) => void
}

export function UsageRows({ rows, problems, names, onChange }: UsageRowsProps) {
  const { subscription_usage: words, usage_problem: said, subscriptions: list } = useWords()
  const [shown, setShown] = useState(SHOWN)
  const numbered = rows.map((row, index) => ({ row, line: index + 1 }))
  const isLong = rows.length > SHOWN
  const inOrder = isLong
    ? [...numbered.filter(({ row }) => problems.has(row.key)), ...numbered.filter(({ row }) => !problems.has(row.key))]
    : numbered

  function put(key: string, change: Partial<UsageRow>): void {
    onChange(rows.map((row) => (row.key === key ? { ...row, ...change } : row)))
  }
  return (
    <div className={styles.rows} role="group" aria-label={words.form}>
      <div className={`${styles.row} ${styles.heads}`} aria-hidden="true">
        <span>{words.line}</span>
        <span>{words.code}</span>
        <span>{words.customer}</span>
        <span>{words.number}</span>
        <span>{words.quantity}</span>
      </div>
      {inOrder.slice(0, shown).map(({ row, line }) => {
        const problem = problems.get(row.key)
        const name = (word: string) => `${word} ${line}`
        return (
          <div key={row.key} className={styles.row}>
            <span className="soft">{line}</span>
            <TextInput
              size="xs"
              aria-label={name(words.code)}
              placeholder={words.code}
              classNames={{ input: 'mono' }}
              autoComplete="off"
              value={row.code}
              error={problem === undefined ? null : said[problem]}
              onChange={(event) => put(row.key, { code: event.currentTarget.value })}
            />
            <span className={`line ${styles.who}`}>{names.get(row.code.trim()) ?? ''}</span>
            <TextInput
              size="xs"
              aria-label={name(words.number)}
              placeholder={words.number}
              title={words.number_hint}
              inputMode="numeric"
              autoComplete="off"
              value={row.number}
              onChange={(event) => put(row.key, { number: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              aria-label={name(words.quantity)}
              placeholder={words.quantity}
              inputMode="numeric"
              autoComplete="off"
              className={styles.number ?? ''}
              value={row.quantity}
              onChange={(event) => put(row.key, { quantity: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={fill(words.remove, { number: line })}
              disabled={rows.length === 1}
              onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </div>
        )
      })}
      <div className={styles.foot}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => onChange([...rows, emptyRow()])}
        >
          {words.add}
        </Button>
        {isLong ? <span className="soft">{fill(words.rows, { count: formatCount(rows.length) })}</span> : null}
        {rows.length > shown ? (
          <Button size="xs" variant="subtle" onClick={() => setShown(shown + SHOWN)}>
            {list.more}
          </Button>
        ) : null}
      </div>
      <p className={`soft ${styles.hint}`}>{words.number_hint}</p>
    </div>
  )
}

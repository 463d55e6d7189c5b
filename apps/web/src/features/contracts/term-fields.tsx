/** The fields of a term: codes are chosen, amounts and counts typed. */
import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { PLAN_PRICES, planOf, PLANS } from '@choba/shared/fee-plans.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { TAX_CLASSES } from '@choba/shared/tax-classes.ts'
import { CYCLES, FEE_PLANS, ROLLS, type TermKind } from '@choba/shared/terms.ts'
import { useLanguage } from '../../i18n/language.ts'
import { readYen } from '../../ui/money/format-yen.ts'
import styles from './contracts.module.css'
import { TAXED_PARTS, TERM_FIELDS } from './term-words.ts'

type Value = Record<string, unknown>
type TermFieldsProps = {
  readonly kind: TermKind
  readonly method: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  /** Names of fields that were refused. */
  readonly wrong: readonly string[]
}

type Choice = { readonly group: string; readonly values: readonly string[] }
const CHOICES: Readonly<Record<string, Choice>> = {
  cycle: { group: 'cycle', values: CYCLES },
  roll: { group: 'roll', values: ROLLS },
  plan: { group: 'fee_plan', values: FEE_PLANS },
  lines: { group: 'fee_lines', values: ['separate', 'single'] },
  cancel: { group: 'after_payout', values: ['offset', 'refuse'] },
}
/** Plans and invoices are NP's alone. */
const OF_INVOICES: readonly string[] = ['plan', 'perInvoiceYen', 'perBundledInvoiceYen']
/** Shown in percent, kept in basis points. */
const IN_PERCENT = 'rateBp'

export function TermFields({ kind, method, value, onChange, wrong }: TermFieldsProps) {
  const language = useLanguage()
  const classes = (value['taxClass'] ?? {}) as Readonly<Record<string, string>>

  function set(field: string, next: unknown): void {
    const changed = { ...value, [field]: next }
    if (field === 'plan') {
      const plan = PLANS.find((each) => each === next)
      return onChange(plan === undefined ? changed : { ...changed, ...PLAN_PRICES[plan] })
    }
    // A plan with another price is no longer that plan.
    const isPriced = field === 'rateBp' || field === 'monthlyYen'
    onChange(
      isPriced
        ? { ...changed, plan: planOf({ rateBp: Number(changed['rateBp']), monthlyYen: Number(changed['monthlyYen']) }) }
        : changed,
    )
  }
  const isNp = method === 'np_postpaid'
  const shown = TERM_FIELDS[kind].filter(
    (field) => (isNp || !OF_INVOICES.includes(field)) && (field !== 'friday' || value['cycle'] === 'designated_friday'),
  )
  return (
    <div className={styles.fields}>
      {shown.map((field) => {
        const name = label(language, 'term_field', field)
        const choice = CHOICES[field]
        const error = wrong.includes(field)
        return choice === undefined ? (
          <Figure
            key={field}
            name={name}
            field={field}
            value={value[field]}
            error={error}
            onChange={(next) => set(field, next)}
          />
        ) : (
          <Select
            key={field}
            label={name}
            allowDeselect={false}
            error={error}
            data={choice.values.map((each) => ({ value: each, label: label(language, choice.group, each) }))}
            value={typeof value[field] === 'string' ? value[field] : null}
            onChange={(next) => set(field, next)}
          />
        )
      })}
      {kind === 'fees'
        ? TAXED_PARTS.filter((part) => isNp || part !== 'invoice').map((part) => (
            <Select
              key={part}
              label={label(language, 'term_field', part)}
              allowDeselect={false}
              error={wrong.includes(part)}
              data={TAX_CLASSES.map((each) => ({ value: each, label: label(language, 'tax_class', each) }))}
              value={classes[part] ?? null}
              onChange={(next) => set('taxClass', { ...classes, [part]: next })}
            />
          ))
        : null}
    </div>
  )
}

type FigureProps = {
  readonly name: string
  readonly field: string
  readonly value: unknown
  readonly error: boolean
  readonly onChange: (value: number | string) => void
}

/** Keeps what was typed until it is a number; what is none goes to the BFF as it is, which refuses it by its field. */
function Figure({ name, field, value, error, onChange }: FigureProps) {
  const inPercent = field === IN_PERCENT
  const written = (each: unknown) => (typeof each === 'number' ? String(inPercent ? each / 100 : each) : '')
  const [typed, setTyped] = useState<string | null>(null)

  function read(text: string): void {
    setTyped(text)
    const figure = inPercent ? Math.round(Number(text.normalize('NFKC').replace('%', '')) * 100) : readYen(text)
    onChange(text.trim() === '' || figure === undefined || !Number.isInteger(figure) ? text : figure)
  }
  return (
    <TextInput
      label={name}
      inputMode="decimal"
      error={error}
      required
      value={typed ?? written(value)}
      onChange={(event) => read(event.currentTarget.value)}
      onBlur={() => {
        if (typeof value === 'number') setTyped(null)
      }}
    />
  )
}

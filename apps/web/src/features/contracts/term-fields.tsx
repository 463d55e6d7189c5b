/** The fields of a term: codes are chosen, amounts and counts typed. */
import { Checkbox, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { PLAN_PRICES, planOf, PLANS } from '@choba/shared/fee-plans.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { BILLING_METHODS, SITES } from '@choba/shared/methods.ts'
import { TAX_CLASSES } from '@choba/shared/tax-classes.ts'
import { CYCLES, FEE_PLANS, INVOICE_WAYS, ROLLS, type TermKind } from '@choba/shared/terms.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { readYen } from '../../ui/money/format-yen.ts'
import { ClosingDays } from './closing-days.tsx'
import styles from './contracts.module.css'
import { LAST_DAY, TAXED_PARTS, TERM_FIELDS } from './term-words.ts'

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
  invoices: { group: 'invoice_ways', values: INVOICE_WAYS },
}
/** Fields of which several hold at once. */
const SEVERAL: Readonly<Record<string, Choice>> = {
  billingMethods: { group: 'billing', values: BILLING_METHODS },
  sites: { group: 'site', values: SITES },
}
/** Plans and invoices are NP's alone. */
const OF_INVOICES: readonly string[] = ['plan', 'perInvoiceYen', 'perBundledInvoiceYen', 'invoices']
const OF_DAYS: readonly string[] = ['closingDays', 'payMonths', 'payDay', 'payAfterDays']
const OF_FRIDAYS: readonly string[] = ['weekly', 'twice_monthly', 'designated_friday']
/** Shown in percent, kept in basis points. */
const IN_PERCENT = 'rateBp'

export function TermFields({ kind, method, value, onChange, wrong }: TermFieldsProps) {
  const language = useLanguage()
  const { contracts } = useWords()
  const classes = (value['taxClass'] ?? {}) as Readonly<Record<string, string>>

  const isNp = method === 'np_postpaid'

  function set(field: string, next: unknown): void {
    if (field === 'cycle') return onChange(withCycle(value, next))
    const changed = { ...value, [field]: next }
    if (field === 'plan') {
      const plan = PLANS.find((each) => each === next)
      return onChange(plan === undefined ? changed : { ...changed, ...PLAN_PRICES[plan] })
    }
    // A plan with another price is no longer that plan.
    const isPriced = isNp && (field === 'rateBp' || field === 'monthlyYen')
    onChange(
      isPriced
        ? { ...changed, plan: planOf({ rateBp: Number(changed['rateBp']), monthlyYen: Number(changed['monthlyYen']) }) }
        : changed,
    )
  }
  const shown = TERM_FIELDS[kind].filter((field) => isShown(field, isNp, value))
  return (
    <div className={styles.fields}>
      {shown.map((field) => {
        const name = label(language, 'term_field', field)
        const choice = choicesOf(field, isNp)
        const error = wrong.includes(field)
        const several = SEVERAL[field]
        if (several !== undefined)
          return (
            <Checkbox.Group
              key={field}
              label={name}
              error={error ? contracts.choose_one : undefined}
              value={strings(value[field])}
              onChange={(next) => set(field, next)}
            >
              <Stack gap={6} mt={6}>
                {several.values.map((each) => (
                  <Checkbox key={each} size="xs" value={each} label={label(language, several.group, each)} />
                ))}
              </Stack>
            </Checkbox.Group>
          )
        return choice === undefined ? (
          <Figure
            key={field}
            name={name}
            field={field}
            value={value[field]}
            error={error}
            onChange={(next) => set(field, next)}
            {...(field === 'carryMost' && { hint: contracts.carry_hint })}
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
      {value['cycle'] === 'by_day' ? <ClosingDays value={value} onChange={onChange} wrong={wrong} /> : null}
      {kind === 'fees'
        ? TAXED_PARTS.filter((part) => part !== (isNp ? 'perPayment' : 'invoice')).map((part) => (
            <Select
              key={part}
              label={label(language, 'term_field', part)}
              allowDeselect={false}
              error={wrong.includes(part)}
              data={TAX_CLASSES.map((each) => ({ value: each, label: label(language, 'tax_class', each) }))}
              value={classes[part] ?? classes['rate'] ?? null}
              onChange={(next) => set('taxClass', { ...classes, [part]: next })}
            />
          ))
        : null}
    </div>
  )
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

/** Fields of days stand in a form of their own, and a fee's carries only where there is such a fee. */
function isShown(field: string, isNp: boolean, value: Value): boolean {
  if (OF_DAYS.includes(field)) return false
  if (OF_INVOICES.includes(field)) return isNp
  if (field === 'friday') return value['cycle'] === 'designated_friday'
  if (field === 'carryMost') return !isNp && value['monthlyYen'] !== 0
  return true
}

/** Friday cycles are NP's alone; closings by day are the others'. */
function choicesOf(field: string, isNp: boolean): Choice | undefined {
  const choice = CHOICES[field]
  if (field !== 'cycle' || choice === undefined) return choice
  return { ...choice, values: choice.values.filter((each) => (isNp ? each !== 'by_day' : !OF_FRIDAYS.includes(each))) }
}

/** Another cycle leaves the days of the one before. */
function withCycle({ roll }: Value, cycle: unknown): Value {
  if (cycle === 'designated_friday') return { cycle, roll, friday: 4 }
  return cycle === 'by_day' ? { cycle, roll, closingDays: [LAST_DAY], payMonths: 1, payDay: LAST_DAY } : { cycle, roll }
}

type FigureProps = {
  readonly name: string
  readonly hint?: string
  readonly field: string
  readonly value: unknown
  readonly error: boolean
  readonly onChange: (value: number | string) => void
}

/** Keeps what was typed until it is a number; what is none goes to the BFF as it is, which refuses it by its field. */
function Figure({ name, hint, field, value, error, onChange }: FigureProps) {
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
      description={hint}
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

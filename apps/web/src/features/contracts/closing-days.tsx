/** A closing by the contract's own days: which days close, and when each is paid. */
import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { readYen } from '../../ui/money/format-yen.ts'
import { readDays, writeDays } from './month-days.ts'
import { dayWord, LAST_DAY } from './term-words.ts'

type Value = Record<string, unknown>
type ClosingDaysProps = {
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly wrong: readonly string[]
}

const PAY_MONTHS = [0, 1, 2, 3, 4, 5, 6]
const MONTH_DAYS = Array.from({ length: LAST_DAY }, (_, index) => index + 1)

export function ClosingDays({ value, onChange, wrong }: ClosingDaysProps) {
  const { contracts } = useWords()
  const language = useLanguage()
  const [typed, setTyped] = useState<string | null>(null)
  const name = (field: string) => label(language, 'term_field', field)
  const payBy = value['payAfterDays'] === undefined ? 'month_day' : 'days'

  function set(field: string, next: unknown): void {
    onChange({ ...value, [field]: next })
  }
  function choose(next: string | null): void {
    const { payMonths: _, payDay: __, payAfterDays: ___, ...rest } = value
    onChange(next === 'days' ? { ...rest, payAfterDays: 15 } : { ...rest, payMonths: 1, payDay: LAST_DAY })
  }
  return (
    <>
      <TextInput
        label={name('closingDays')}
        description={contracts.closing_days_hint}
        error={wrong.some((field) => field.startsWith('closingDays'))}
        required
        value={typed ?? writeDays(value['closingDays'], contracts.month_last)}
        onChange={(event) => {
          const text = event.currentTarget.value
          setTyped(text)
          set('closingDays', readDays(text))
        }}
        onBlur={() => setTyped(null)}
      />
      <Select
        label={name('payBy')}
        allowDeselect={false}
        data={['month_day', 'days'].map((each) => ({ value: each, label: label(language, 'pay_by', each) }))}
        value={payBy}
        onChange={choose}
      />
      {payBy === 'days' ? (
        <TextInput
          label={name('payAfterDays')}
          inputMode="numeric"
          error={wrong.includes('payAfterDays')}
          required
          value={String(value['payAfterDays'] ?? '')}
          onChange={(event) => {
            const text = event.currentTarget.value
            set('payAfterDays', readYen(text) ?? text)
          }}
        />
      ) : (
        <>
          <Select
            label={name('payMonths')}
            allowDeselect={false}
            error={wrong.includes('payMonths')}
            data={PAY_MONTHS.map((each) => ({
              value: String(each),
              label: label(language, 'pay_month', String(each)),
            }))}
            value={typeof value['payMonths'] === 'number' ? String(value['payMonths']) : null}
            onChange={(next) => set('payMonths', Number(next))}
          />
          <Select
            label={name('payDay')}
            allowDeselect={false}
            searchable
            error={wrong.includes('payDay')}
            data={MONTH_DAYS.map((each) => ({ value: String(each), label: dayWord(each, language) }))}
            value={typeof value['payDay'] === 'number' ? String(value['payDay']) : null}
            onChange={(next) => set('payDay', Number(next))}
          />
        </>
      )}
    </>
  )
}

/** How often, and on which day; what short months and holidays do is said beside it. */
import { Select } from '@mantine/core'
import { CYCLE_ROLLS, RHYTHM_UNITS } from '@choba/shared/subscriptions/schedule.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatCount } from '../../ui/money/format-yen.ts'
import styles from './form.module.css'
import type { TermsForm } from './subscription-form.ts'
import { TextField } from './text-field.tsx'
import type { Telling } from './use-told.ts'

const DAYS = Array.from({ length: 31 }, (_, index) => String(index + 1))

type RhythmFieldsProps = {
  readonly form: TermsForm
  readonly onChange: (change: Partial<TermsForm>) => void
  readonly telling: Telling
}

export function RhythmFields({ form, onChange, telling }: RhythmFieldsProps) {
  const { subscription_form: words, rhythm } = useWords()
  const language = useLanguage()
  return (
    <>
      <div className={styles.rhythm}>
        <TextField
          field="every"
          label={words.every}
          inputMode="numeric"
          className={styles.number ?? ''}
          value={form.every}
          onText={(every) => onChange({ every })}
          telling={telling}
        />
        <Select
          label={words.unit}
          allowDeselect={false}
          value={form.unit}
          data={RHYTHM_UNITS.map((unit) => ({ value: unit, label: words[`unit_${unit}`] }))}
          onChange={(chosen) => {
            const unit = RHYTHM_UNITS.find((each) => each === chosen)
            if (unit !== undefined) onChange({ unit })
          }}
        />
        {form.unit === 'month' ? (
          <Select
            label={words.day}
            allowDeselect={false}
            value={form.day}
            data={DAYS.map((day) => ({
              value: day,
              label: day === '31' ? words.day_31 : language === 'ja' ? `${day}日` : formatCount(Number(day)),
            }))}
            onChange={(day) => day !== null && onChange({ day })}
          />
        ) : null}
        <Select
          label={words.roll}
          allowDeselect={false}
          value={form.roll}
          data={CYCLE_ROLLS.map((roll) => ({ value: roll, label: rhythm[`roll_${roll}`] }))}
          onChange={(chosen) => {
            const roll = CYCLE_ROLLS.find((each) => each === chosen)
            if (roll !== undefined) onChange({ roll })
          }}
        />
      </div>
      {form.unit === 'month' && Number(form.day) > 28 ? (
        <p className={styles.hint} role="status">
          {words.month_end}
        </p>
      ) : null}
    </>
  )
}

/** When a schedule's files are written, and of which days they are. */
import { Select, TextInput } from '@mantine/core'
import { EXPORTS_WITHOUT_DAYS, type ScheduleAsked } from '@choba/shared/contracts/export-schedules.ts'
import { CADENCES, PERIODS } from '@choba/shared/export-schedules.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import styles from './exports.module.css'
import { usualPeriod } from './schedule-draft.ts'
import { monthDayName, weekdayNames } from './schedule-words.ts'

const MONTH_DAYS = Array.from({ length: 31 }, (_, index) => index + 1)

type WhenFieldsProps = {
  readonly draft: ScheduleAsked
  /** As it stands in its field, which may be half written. */
  readonly time: string
  readonly isWrong: boolean
  readonly onTime: (time: string) => void
  readonly onChange: (changes: Partial<ScheduleAsked>) => void
}

export function WhenFields({ draft, time, isWrong, onTime, onChange }: WhenFieldsProps) {
  const words = useWords()
  const language = useLanguage()
  const { export_schedule: schedule } = words
  const knowsDays = !EXPORTS_WITHOUT_DAYS.includes(draft.list)
  return (
    <>
      <div className={styles.row}>
        <Select
          label={schedule.cadence}
          allowDeselect={false}
          data={CADENCES.map((each) => ({ value: each, label: words.export_cadence[each] }))}
          value={draft.cadence}
          onChange={(value) => {
            const cadence = CADENCES.find((each) => each === value) ?? draft.cadence
            // Days that somebody chose stay; those that went with the rhythm go with the new one.
            const isUsual = draft.period === usualPeriod(draft.list, draft.cadence)
            onChange({ cadence, ...(isUsual && { period: usualPeriod(draft.list, cadence) }) })
          }}
        />
        {draft.cadence === 'weekly' ? (
          <Select
            label={schedule.weekday}
            allowDeselect={false}
            data={weekdayNames(language).map((name, day) => ({ value: String(day), label: name }))}
            value={String(draft.weekday)}
            onChange={(value) => onChange({ weekday: Number(value) })}
          />
        ) : null}
        {draft.cadence === 'monthly' ? (
          <Select
            label={schedule.month_day}
            allowDeselect={false}
            data={MONTH_DAYS.map((day) => ({ value: String(day), label: monthDayName(words, day) }))}
            value={String(draft.monthDay)}
            onChange={(value) => onChange({ monthDay: Number(value) })}
          />
        ) : null}
        <TextInput
          type="time"
          label={schedule.at}
          value={time}
          error={isWrong ? schedule.at_wrong : null}
          onChange={(event) => onTime(event.currentTarget.value)}
        />
      </div>
      {draft.cadence === 'monthly' && draft.monthDay > 28 && draft.monthDay < 31 ? (
        <p className="soft" style={{ margin: 0 }}>
          {schedule.short_month}
        </p>
      ) : null}
      <Select
        label={schedule.period}
        description={knowsDays ? schedule.period_hint : schedule.period_none}
        disabled={!knowsDays}
        allowDeselect={false}
        data={PERIODS.map((each) => ({ value: each, label: words.export_period[each] }))}
        value={draft.period}
        onChange={(value) => onChange({ period: PERIODS.find((each) => each === value) ?? draft.period })}
      />
    </>
  )
}

/** Which list a schedule is of, and the format of its files. */
import { Checkbox, Select } from '@mantine/core'
import { EXPORT_LISTS, EXPORT_READS } from '@choba/shared/contracts/exports.ts'
import type { ScheduleAsked } from '@choba/shared/contracts/export-schedules.ts'
import { EXPORT_ENCODINGS } from '@choba/shared/filters/export.ts'
import { fill, LANGUAGES } from '@choba/shared/labels/labels.ts'
import { may } from '@choba/shared/permissions.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './exports.module.css'
import { countChosen, usualPeriod } from './schedule-draft.ts'

const LANGUAGE_NAMES = { ja: '日本語', en: 'English' } as const

type WhatFieldsProps = {
  readonly draft: ScheduleAsked
  /** The list with its filter and columns comes from a file or a schedule. */
  readonly isChosen: boolean
  readonly onChange: (changes: Partial<ScheduleAsked>) => void
}

export function WhatFields({ draft, isChosen, onChange }: WhatFieldsProps) {
  const words = useWords()
  const session = useSession()
  const { export_schedule: schedule, export_dialog: dialog } = words
  const count = countChosen(draft)
  const lists = EXPORT_LISTS.filter((list) => may(session, EXPORT_READS[list]))
  return (
    <>
      {isChosen ? (
        <div>
          <strong>{words.export_of[draft.list]}</strong>
          <p className="soft" style={{ margin: '2px 0 0' }}>
            {count === 0 ? schedule.view_none : fill(schedule.view_some, { count: String(count) })}
          </p>
        </div>
      ) : (
        <Select
          label={schedule.list}
          description={schedule.view_hint}
          allowDeselect={false}
          data={lists.map((list) => ({ value: list, label: words.export_of[list] }))}
          value={draft.list}
          onChange={(value) => {
            const list = lists.find((each) => each === value) ?? draft.list
            onChange({ list, view: {}, period: usualPeriod(list, draft.cadence), recipients: [] })
          }}
        />
      )}
      <div className={styles.row}>
        <Select
          label={schedule.format}
          allowDeselect={false}
          data={EXPORT_ENCODINGS.map((each) => ({ value: each, label: dialog[`encoding_${each}`] }))}
          value={draft.encoding}
          onChange={(value) => onChange({ encoding: EXPORT_ENCODINGS.find((each) => each === value) ?? 'utf8' })}
        />
        <Select
          label={dialog.language}
          allowDeselect={false}
          data={LANGUAGES.map((each) => ({ value: each, label: LANGUAGE_NAMES[each] }))}
          value={draft.language}
          onChange={(value) => onChange({ language: value === 'en' ? 'en' : 'ja' })}
        />
      </div>
      {draft.encoding === 'cp932' ? (
        <Checkbox
          label={schedule.substitute}
          checked={draft.substitute}
          onChange={(event) => onChange({ substitute: event.currentTarget.checked })}
        />
      ) : null}
    </>
  )
}

/** Where a schedule's files go beside being kept, and why one way or another is closed. */
import { Checkbox, Radio, Stack, TextInput } from '@mantine/core'
import type { Output } from '@choba/shared/contract.ts'
import {
  DELIVERIES,
  type Delivery,
  type exportSchedules,
  MOST_RECIPIENTS,
  type ScheduleAsked,
} from '@choba/shared/contracts/export-schedules.ts'
import { MOST_MAILED_BYTES } from '@choba/shared/contracts/exports.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './exports.module.css'
import type { Faults } from './schedule-draft.ts'

type WhereFieldsProps = {
  readonly draft: ScheduleAsked
  readonly places: Pick<Output<typeof exportSchedules.list>, 'folder' | 'hasMail' | 'people'>
  readonly faults: Faults
  readonly onChange: (changes: Partial<ScheduleAsked>) => void
}

export function WhereFields({ draft, places, faults, onChange }: WhereFieldsProps) {
  const words = useWords()
  const { export_schedule: schedule } = words
  const refusals: Readonly<Record<Delivery, string | null>> = {
    keep: null,
    folder: places.folder === null ? schedule.no_folder : null,
    mail: places.hasMail ? null : schedule.no_mail,
  }
  const readers = places.people.filter(({ id, lists }) => lists.includes(draft.list) || draft.recipients.includes(id))
  return (
    <>
      <Radio.Group
        label={schedule.delivery}
        value={draft.delivery}
        onChange={(value) => {
          const delivery = DELIVERIES.find((each) => each === value) ?? 'keep'
          const isUnnamed = delivery === 'folder' && draft.fileName === ''
          onChange({ delivery, ...(isUnnamed && { fileName: `${draft.list}-{date}` }) })
        }}
      >
        <Stack gap={8} mt={6}>
          {DELIVERIES.map((each) => (
            <Radio
              key={each}
              size="xs"
              value={each}
              label={words.export_delivery[each]}
              disabled={refusals[each] !== null}
              {...(refusals[each] !== null && { description: refusals[each] })}
            />
          ))}
        </Stack>
      </Radio.Group>
      {draft.delivery === 'folder' ? (
        <TextInput
          label={schedule.file_name}
          description={fill(schedule.file_name_hint, { folder: places.folder ?? '' })}
          maxLength={80}
          value={draft.fileName}
          error={faults.fileName ? schedule.file_name_wrong : null}
          onChange={(event) => onChange({ fileName: event.currentTarget.value })}
        />
      ) : null}
      {draft.delivery === 'mail' ? (
        <Checkbox.Group
          label={schedule.recipients}
          description={fill(schedule.recipients_hint, { size: String(MOST_MAILED_BYTES / 1_000_000) })}
          value={[...draft.recipients]}
          error={faults.recipients ? schedule.recipients_missing : null}
          onChange={(recipients) => onChange({ recipients })}
        >
          <div className={styles.people}>
            {readers.map(({ id, name }) => (
              <Checkbox
                key={id}
                size="xs"
                value={id}
                label={name}
                disabled={draft.recipients.length >= MOST_RECIPIENTS && !draft.recipients.includes(id)}
              />
            ))}
          </div>
        </Checkbox.Group>
      ) : null}
    </>
  )
}

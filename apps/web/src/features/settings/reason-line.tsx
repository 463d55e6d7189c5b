/** One reason: its words, and the actions it is offered for. */
import { ActionIcon, Checkbox, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconTrash } from '@tabler/icons-react'
import { type ActionReason, REASON_LENGTH, REASONED_ACTIONS } from '@choba/shared/contracts/action-reasons.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './reasons.module.css'

export type TypedReason = ActionReason & { readonly key: string }
type Complaint = 'name_missing' | 'name_twice' | 'actions_missing'

export function complaintOf(reason: TypedReason, all: readonly TypedReason[]): Complaint | null {
  const name = reason.name.trim()
  if (name === '') return 'name_missing'
  if (all.some((each) => each.key !== reason.key && each.name.trim() === name)) return 'name_twice'
  return reason.actions.length === 0 ? 'actions_missing' : null
}

type ReasonLineProps = {
  readonly reason: TypedReason
  readonly number: number
  readonly complaint: Complaint | null
  readonly onChange: (change: Partial<ActionReason>) => void
  readonly onRemove: () => void
  readonly onUp: (() => void) | undefined
  readonly onDown: (() => void) | undefined
}

export function ReasonLine({ reason, number, complaint, onChange, onRemove, onUp, onDown }: ReasonLineProps) {
  const { action_reasons: words, reasoned_action: actions } = useWords()
  const named = { name: reason.name }
  const buttons = [
    [words.up_of, IconChevronUp, onUp],
    [words.down_of, IconChevronDown, onDown],
    [words.remove_of, IconTrash, onRemove],
  ] as const
  return (
    <li className={styles.line}>
      <TextInput
        size="xs"
        aria-label={fill(words.name_of, { number })}
        maxLength={REASON_LENGTH}
        value={reason.name}
        error={complaint === null ? null : words[complaint]}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <div className={styles.actions} role="group" aria-label={`${reason.name} ${words.offered}`}>
        {REASONED_ACTIONS.map((action) => (
          <Checkbox
            key={action}
            size="xs"
            label={actions[action]}
            checked={reason.actions.includes(action)}
            onChange={(event) => {
              const isOn = event.currentTarget.checked
              onChange({
                actions: REASONED_ACTIONS.filter((each) => (each === action ? isOn : reason.actions.includes(each))),
              })
            }}
          />
        ))}
      </div>
      <span className={styles.moves}>
        {buttons.map(([word, Icon, act]) => (
          <ActionIcon
            key={word}
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={fill(word, named)}
            disabled={act === undefined}
            onClick={act}
          >
            <Icon size={15} aria-hidden="true" />
          </ActionIcon>
        ))}
      </span>
    </li>
  )
}

/** Why: one of the merchant's reasons, or words of one's own; both may stand together. */
import { Autocomplete } from '@mantine/core'
import { useReasons } from '../../../api/use-reasons.ts'
import { useWords } from '../../../i18n/language.ts'

const LONGEST = 200

type ReasonFieldProps = {
  readonly action: string
  readonly label?: string
  readonly value: string
  readonly complaint: string | null
  readonly onChange: (value: string) => void
}

export function ReasonField({ action, label, value, complaint, onChange }: ReasonFieldProps) {
  const { dialog, action_reasons: words } = useWords()
  const { offered, isRequired } = useReasons(action)
  return (
    <Autocomplete
      label={label ?? (isRequired ? words.needed : dialog.reason)}
      description={offered.length === 0 ? dialog.reason_hint : words.hint}
      required={isRequired}
      maxLength={LONGEST}
      data={[...offered]}
      // Everything is offered whatever stands there: a word is added to one that was chosen.
      filter={({ options }) => options}
      maxDropdownHeight={260}
      value={value}
      onChange={onChange}
      error={complaint}
    />
  )
}

/** Why: one of the merchant's reasons, or words of one's own; both may stand together. */
import { Autocomplete, type ComboboxParsedItem } from '@mantine/core'
import { useReasons } from '../../../api/use-reasons.ts'
import { useWords } from '../../../i18n/language.ts'

const LONGEST = 200

/** Nothing typed yet, or one chosen: another may be chosen in its place. */
function isOpen(text: string, offered: readonly string[]): boolean {
  return text.trim() === '' || offered.includes(text)
}

function holds(text: string): (option: ComboboxParsedItem) => boolean {
  return (option) => 'label' in option && option.label.includes(text.trim())
}

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
      filter={({ options, search }) => (isOpen(search, offered) ? options : options.filter(holds(search)))}
      maxDropdownHeight={260}
      value={value}
      onChange={onChange}
      error={complaint}
    />
  )
}

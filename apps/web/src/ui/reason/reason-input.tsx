/** Why: one of the merchant's reasons, or words of one's own; both may stand together. */
import { Autocomplete, type ComboboxParsedItem } from '@mantine/core'

const LONGEST = 200

/** Nothing typed yet, or one chosen: another may be chosen in its place. */
function isOpen(text: string, offered: readonly string[]): boolean {
  return text.trim() === '' || offered.includes(text)
}

function holds(text: string): (option: ComboboxParsedItem) => boolean {
  return (option) => 'label' in option && option.label.includes(text.trim())
}

type ReasonInputProps = {
  readonly label: string
  readonly description: string
  readonly offered: readonly string[]
  readonly isRequired: boolean
  readonly value: string
  readonly complaint: string | null
  readonly onChange: (value: string) => void
}

export function ReasonInput({ label, description, offered, isRequired, value, complaint, onChange }: ReasonInputProps) {
  return (
    <Autocomplete
      label={label}
      description={description}
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

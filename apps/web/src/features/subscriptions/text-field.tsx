/** One line of text that says its fault once it was left. */
import { TextInput, type TextInputProps } from '@mantine/core'
import type { Telling } from './use-told.ts'

type TextFieldProps = Omit<TextInputProps, 'onChange' | 'value' | 'name' | 'error'> & {
  /** As faults name it. */
  readonly field: string
  readonly value: string
  readonly onText: (text: string) => void
  readonly telling: Telling
}

export function TextField({ field, value, onText, telling, ...rest }: TextFieldProps) {
  return (
    <TextInput
      autoComplete="off"
      {...rest}
      name={field}
      value={value}
      onChange={(event) => onText(event.currentTarget.value)}
      onBlur={() => telling.onLeave(field)}
      error={telling.fault(field)}
    />
  )
}

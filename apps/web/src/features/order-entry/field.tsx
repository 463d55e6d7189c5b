/** A field of the form: its fault in words once it was left or the form was sent, its length against NP's limit. */
import { TextInput, type TextInputProps } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { faultWords } from '@choba/shared/checks/fault-words.ts'
import { fullWidthLength } from '@choba/shared/checks/np-limits.ts'
import type { OrderFault } from '@choba/shared/checks/np-order.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import styles from './order-entry.module.css'

type FieldProps = Omit<TextInputProps, 'onChange' | 'value' | 'name'> & {
  /** As faults name it. */
  readonly field: string
  readonly value: string
  readonly onText: (text: string) => void
  readonly faults: readonly OrderFault[]
  /** Whether faults are said yet. */
  readonly told: boolean
  readonly onLeave: (field: string) => void
  /** In full-width characters. */
  readonly max?: number
  readonly optional?: boolean
}

export function Field({ field, value, onText, faults, told, onLeave, max, optional, label, ...rest }: FieldProps) {
  const language = useLanguage()
  const { order_form: words } = useWords()
  const error = told ? faults.find((fault) => fault.severity === 'error') : undefined
  const warning = told ? faults.find((fault) => fault.severity === 'warning') : undefined
  const length = max === undefined ? 0 : fullWidthLength(value)
  return (
    <div>
      <TextInput
        {...rest}
        label={
          <>
            {label}
            {optional ? <span className={styles.optional}>{words.optional}</span> : null}
          </>
        }
        aria-label={typeof label === 'string' ? label : undefined}
        name={field}
        value={value}
        autoComplete="off"
        onChange={(event) => onText(event.currentTarget.value)}
        onBlur={() => onLeave(field)}
        error={error === undefined ? null : faultWords(language, error)}
      />
      {max !== undefined && length > max * 0.6 ? (
        <p className={`${styles.length} ${length > max ? styles.over : ''}`}>{fill(words.length, { length, max })}</p>
      ) : null}
      {warning === undefined || error !== undefined ? null : (
        <p className={styles.warning} role="status">
          <IconInfoCircle size={14} aria-hidden="true" />
          {faultWords(language, warning)}
        </p>
      )}
    </div>
  )
}

/** One field of the order in the rescue form: what is wrong with it, and what it was. */
import { TextInput } from '@mantine/core'
import { faultWords } from '@choba/shared/checks/fault-words.ts'
import type { OrderFault } from '@choba/shared/checks/np-order.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'

type OrderFieldProps = {
  /** As faults name it: `customer.address`. */
  readonly path: string
  readonly value: string
  readonly before: string
  readonly faults: readonly OrderFault[]
  readonly disabled: boolean
  readonly onText: (text: string) => void
}

const NUMERIC = ['zip', 'phone', 'amountYen']

export function OrderField({ path, value, before, faults, disabled, onText }: OrderFieldProps) {
  const language = useLanguage()
  const words = useWords()
  const [side = '', leaf] = path.split('.')
  const name =
    leaf === undefined
      ? words.rescue.amount
      : fill(label(language, 'check_side', side), { field: label(language, 'check_field', leaf) })
  const error = faults.find((fault) => fault.severity === 'error')
  const warning = faults.find((fault) => fault.severity === 'warning')
  return (
    <TextInput
      label={name}
      name={path}
      value={value}
      autoComplete="off"
      disabled={disabled}
      inputMode={NUMERIC.includes(leaf ?? side) ? 'numeric' : 'text'}
      onChange={(event) => onText(event.currentTarget.value)}
      error={error === undefined ? null : faultWords(language, error)}
      description={[
        value === before || before === '' ? '' : fill(words.rescue.changed, { before }),
        warning === undefined || error !== undefined ? '' : faultWords(language, warning),
      ]
        .filter(Boolean)
        .join(' ')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  )
}

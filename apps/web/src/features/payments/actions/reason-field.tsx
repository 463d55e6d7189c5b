/** Why an action is asked for, with what the merchant offers for it. */
import { useReasons } from '../../../api/use-reasons.ts'
import { useWords } from '../../../i18n/language.ts'
import { ReasonInput } from '../../../ui/reason/reason-input.tsx'

type ReasonFieldProps = {
  readonly action: string
  readonly label?: string
  readonly value: string
  readonly complaint: string | null
  readonly onChange: (value: string) => void
}

export function ReasonField({ action, label, ...field }: ReasonFieldProps) {
  const { dialog, action_reasons: words } = useWords()
  const { offered, isRequired } = useReasons(action)
  return (
    <ReasonInput
      {...field}
      label={label ?? (isRequired ? words.needed : dialog.reason)}
      description={offered.length === 0 ? dialog.reason_hint : words.hint}
      offered={offered}
      isRequired={isRequired}
    />
  )
}

/** A fault is said once its field was left, or once the form was sent. */
import { useState } from 'react'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import type { Fault, Faults } from './form-faults.ts'

export type Telling = {
  /** The fault in words, when it is to be said. */
  readonly fault: (field: string) => string | null
  readonly onLeave: (field: string) => void
}

export function useTold(faults: Faults) {
  const { subscription_form: words } = useWords()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState(false)
  const say = ({ name, values }: Fault) => fill(words[name], values ?? {})
  const telling: Telling = {
    fault(field) {
      const fault = faults[field]
      return fault === undefined || !(all || left.has(field)) ? null : say(fault)
    },
    onLeave: (field) => setLeft((before) => (before.has(field) ? before : new Set([...before, field]))),
  }
  return { telling, tellAll: () => setAll(true) }
}

/** Buyer or recipient; a postal code that means one place fills an address nobody has typed. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { orderEntry } from '@choba/shared/contracts/order-entry.ts'
import { q } from '../../api/q.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './form.module.css'
import { digitsOf, type PersonField, type PersonText } from './person-form.ts'
import { TextField } from './text-field.tsx'
import type { Telling } from './use-told.ts'

type PersonFieldsProps = {
  readonly side: 'customer' | 'delivery'
  readonly person: PersonText
  readonly onChange: (change: Partial<PersonText>) => void
  readonly telling: Telling
}

const OPTIONAL: readonly PersonField[] = ['kana', 'company', 'department', 'email']

export function PersonFields({ side, person, onChange, telling }: PersonFieldsProps) {
  const { subscription_form: words } = useWords()
  const zip = digitsOf(person.zip).replaceAll('-', '')
  const places = useQuery({
    ...q(orderEntry.places, { zip }),
    enabled: /^\d{7}$/.test(zip),
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.places
  const filled = useRef('')
  const only = places?.length === 1 ? places[0] : undefined
  useEffect(() => {
    if (only === undefined || (person.address !== '' && person.address !== filled.current)) return
    filled.current = `${only.prefecture}${only.city}${only.town}`
    onChange({ address: filled.current })
    // The answer for a new code is the event; typing in the address is none.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [only])

  function field(name: PersonField, inputMode: 'text' | 'tel' | 'numeric' | 'email' = 'text') {
    const isOptional = OPTIONAL.includes(name)
    return (
      <TextField
        field={`${side}.${name}`}
        label={
          <>
            {words[name]}
            {isOptional ? <span className={styles.optional}>{words.optional}</span> : null}
          </>
        }
        aria-label={words[name]}
        inputMode={inputMode}
        value={person[name]}
        onText={(text) => onChange({ [name]: text })}
        telling={telling}
      />
    )
  }
  return (
    <div className={styles.three}>
      {field('name')}
      {field('kana')}
      {field('phone', 'tel')}
      {field('zip', 'numeric')}
      <div className={styles.span}>{field('address')}</div>
      {field('company')}
      {field('department')}
      {side === 'customer' ? field('email', 'email') : null}
    </div>
  )
}

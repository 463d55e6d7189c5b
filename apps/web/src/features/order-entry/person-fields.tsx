/** Buyer or recipient: the postal code fills the address, and each field is held against NP's rules. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { FULL_WIDTH_MAX } from '@choba/shared/checks/np-limits.ts'
import type { PostalPlace } from '@choba/shared/checks/np-order.ts'
import { orderEntry } from '@choba/shared/contracts/order-entry.ts'
import { q } from '../../api/q.ts'
import { useWords } from '../../i18n/language.ts'
import { Field } from './field.tsx'
import type { FormChecks } from './order-checks.ts'
import { digitsOf, type PersonText } from './order-form.ts'
import styles from './order-entry.module.css'

type PersonFieldsProps = {
  readonly side: 'customer' | 'delivery'
  readonly person: PersonText
  readonly checks: FormChecks
  readonly isTold: (field: string) => boolean
  readonly onLeave: (field: string) => void
  readonly onChange: (change: Partial<PersonText>) => void
  /** Stands below name and phone number: customers who look like this one. */
  readonly children?: React.ReactNode
}

export function PersonFields({ side, person, checks, isTold, onLeave, onChange, children }: PersonFieldsProps) {
  const { order_form: words } = useWords()
  const places = usePlaces(person.zip)
  const filled = useRef('')

  function props(name: keyof PersonText) {
    const field = `${side}.${name}`
    return {
      field,
      value: person[name],
      onText: (text: string) => onChange({ [name]: text }),
      faults: checks.of(field),
      told: isTold(field),
      onLeave,
    }
  }
  function putPlace(place: PostalPlace): void {
    filled.current = `${place.prefecture}${place.city}${place.town}`
    onChange({ address: filled.current })
  }

  const only = places?.length === 1 ? places[0] : undefined
  useEffect(() => {
    // Only what nobody has typed is written over.
    if (only !== undefined && (person.address === '' || person.address === filled.current)) putPlace(only)
    // The answer for a new code is the event; typing in the address is none.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [only])

  const notChosen = places !== undefined && places.length > 1 && !places.some((place) => isIn(place, person.address))
  return (
    <div className={styles.fields}>
      <Field {...props('phone')} label={words.phone} inputMode="tel" className={styles.third ?? ''} />
      <Field {...props('name')} label={words.name} max={FULL_WIDTH_MAX.name} className={styles.third ?? ''} />
      <Field {...props('kana')} label={words.kana} max={FULL_WIDTH_MAX.nameKana} optional />
      {children === undefined ? null : <div className={styles.whole}>{children}</div>}
      <Field {...props('zip')} label={words.zip} inputMode="numeric" placeholder="100-0001" />
      <div className={styles.address}>
        <Field {...props('address')} label={words.address} max={FULL_WIDTH_MAX.address} />
        {notChosen ? (
          <div className={styles.places} role="group" aria-label={words.zip_choose}>
            <span className="soft">{words.zip_choose}</span>
            {places.map((place) => (
              <button
                key={`${place.city}${place.town}`}
                type="button"
                className={styles.place}
                onClick={() => putPlace(place)}
              >
                {place.prefecture}
                {place.city}
                {place.town}
              </button>
            ))}
          </div>
        ) : null}
      </div>
      <Field {...props('company')} label={words.company} max={FULL_WIDTH_MAX.companyName} optional />
      <Field {...props('department')} label={words.department} max={FULL_WIDTH_MAX.departmentName} optional />
      {side === 'customer' ? <Field {...props('email')} label={words.email} inputMode="email" /> : null}
    </div>
  )
}

/** Undefined while the code is not whole or not answered. */
export function usePlaces(zip: string): readonly PostalPlace[] | undefined {
  const digits = digitsOf(zip).replaceAll('-', '')
  const query = q(orderEntry.places, { zip: digits })
  return useQuery({ ...query, enabled: /^\d{7}$/.test(digits), staleTime: Number.POSITIVE_INFINITY }).data?.places
}

function isIn(place: PostalPlace, address: string): boolean {
  return address.startsWith(`${place.prefecture}${place.city}${place.town}`)
}

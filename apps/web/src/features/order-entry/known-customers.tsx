/** Customers of the books who look like the one being keyed in; choosing one fills the form as their newest order was written. */
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type CustomerRow, customers } from '@choba/shared/contracts/customers.ts'
import type { WrittenPerson } from '@choba/shared/contracts/written-person.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useWords } from '../../i18n/language.ts'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { digitsOf, type PersonText } from './order-form.ts'
import styles from './order-entry.module.css'

const WAIT_MS = 250
const MOST = 4
/** Fewer digits than an area code and a little more say nothing. */
const LEAST_DIGITS = 5
const LEAST_CHARACTERS = 2

type KnownCustomersProps = {
  readonly person: PersonText
  readonly onChoose: (person: WrittenPerson) => void
}

export function KnownCustomers({ person, onChoose }: KnownCustomersProps) {
  const { order_form: words } = useWords()
  const [byPhone, byName] = [useFound(phoneOf(person)), useFound(nameOf(person))]
  // The number tells more than the name.
  const rows = (byPhone.length > 0 ? byPhone : byName).filter((row) => !isSame(row, person))
  if (rows.length === 0) return null

  async function choose(row: CustomerRow): Promise<void> {
    const { customer } = await call(customers.lastOrder, { id: row.id })
    onChoose(customer)
  }
  return (
    <div className={styles.known} role="group" aria-label={words.known}>
      <span className="soft">{words.known}</span>
      {rows.map((row) => (
        <button key={row.id} type="button" className={styles.knownRow} onClick={() => void choose(row)}>
          <span>{fill(words.known_use, { name: row.name })}</span>
          <span className="mono">{row.phone}</span>
          <span className="soft">
            {fill(words.known_facts, { count: formatCount(row.payments), open: formatYen(row.openYen) })}
          </span>
        </button>
      ))}
    </div>
  )
}

function useFound(question: string): readonly CustomerRow[] {
  const [asked] = useDebouncedValue(question, WAIT_MS)
  const found = useQuery({
    ...q(customers.list, { query: { q: asked, limit: MOST } }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  return asked === '' ? [] : (found.data?.items ?? [])
}

function phoneOf({ phone }: PersonText): string {
  const digits = digitsOf(phone).replaceAll('-', '')
  return /^\d+$/.test(digits) && digits.length >= LEAST_DIGITS ? digits : ''
}

function nameOf({ name }: PersonText): string {
  const text = name.replace(/\s/g, '')
  return [...text].length >= LEAST_CHARACTERS ? text : ''
}

/** Filled in already: nothing to offer. */
function isSame(row: CustomerRow, person: PersonText): boolean {
  return (
    digitsOf(row.phone).replaceAll('-', '') === digitsOf(person.phone).replaceAll('-', '') &&
    row.name.replace(/\s/g, '') === person.name.replace(/\s/g, '') &&
    person.address !== ''
  )
}

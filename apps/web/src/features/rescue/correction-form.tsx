/** The fields at fault, the others folded, and one key that saves and has the order screened again. */
import { Alert, Button, Checkbox, Collapse } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type KeyboardEvent, type Ref, useState } from 'react'
import { faultWords } from '@choba/shared/checks/fault-words.ts'
import { PERSON_FIELDS, type PersonField } from '@choba/shared/checks/np-person.ts'
import { orderEntry } from '@choba/shared/contracts/order-entry.ts'
import type { RescueSheet } from '@choba/shared/contracts/rescue.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { isComposing } from '../../ui/keyboard/guard.ts'
import {
  type Changes,
  changesOf,
  checkOrder,
  fieldsToCorrect,
  type OrderText,
  type PersonText,
  textOf,
} from './correction.ts'
import { Doubles } from './doubles.tsx'
import { GoodsFields } from './goods-fields.tsx'
import { OrderField } from './order-field.tsx'
import styles from './rescue.module.css'

type CorrectionFormProps = {
  readonly sheet: RescueSheet
  /** Codes of the latest answer: NP's reasons, or those of a call it refused. */
  readonly codes: readonly string[]
  readonly busy: boolean
  readonly onSend: (changes: Changes) => void
  readonly onLeave: () => void
  readonly form: Ref<HTMLFormElement>
}

export function CorrectionForm({ sheet, codes, busy, onSend, onLeave, form }: CorrectionFormProps) {
  const words = useWords().rescue
  const language = useLanguage()
  const [text, setText] = useState<OrderText>(() => textOf(sheet))
  const [isOpen, setOpen] = useState(false)
  const customerPlaces = usePlaces(text.customer.zip)
  const deliveryPlaces = usePlaces(text.delivery?.zip ?? '')
  const faults = checkOrder(text, sheet, { customer: customerPlaces, delivery: deliveryPlaces })
  const errors = faults.filter((fault) => fault.severity === 'error')
  const warnings = faults.filter((fault) => fault.severity === 'warning')
  // What stood at fault when the form opened stays in sight while it is being corrected.
  const [first] = useState(() => fieldsToCorrect([], checkOrder(textOf(sheet), sheet, {}), sheet.delivery !== null))
  const atFault = [...new Set([...fieldsToCorrect(codes, [], sheet.delivery !== null), ...first])]
  const changes = changesOf(text, sheet)
  const isChanged = changes.correction !== undefined || changes.amountYen !== undefined
  const isNew = sheet.actions.some((each) => each.action === 'reregister' && each.verdict.allowed)

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (busy || errors.length > 0) return
    onSend(changes)
  }
  function press(event: KeyboardEvent<HTMLFormElement>): void {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      event.currentTarget.requestSubmit()
    }
    if (event.key === 'Escape') {
      event.stopPropagation()
      onLeave()
    }
  }
  function field(path: string) {
    const [side = '', leaf = ''] = path.split('.')
    const shared = { path, disabled: busy, faults: faults.filter((fault) => fault.field === path) }
    if (path === 'amountYen')
      return (
        <OrderField
          key={path}
          {...shared}
          value={text.amount}
          before={String(sheet.payment.amountYen)}
          onText={(amount) => setText({ ...text, amount })}
        />
      )
    if (path === 'goods')
      return (
        <GoodsFields
          key={path}
          lines={text.lines}
          amount={text.amount}
          faults={faults}
          disabled={busy}
          onChange={(lines) => setText({ ...text, lines })}
        />
      )
    const person = side === 'delivery' ? text.delivery : text.customer
    const before = side === 'delivery' ? sheet.delivery : sheet.customer
    if (person === null || !(PERSON_FIELDS as readonly string[]).includes(leaf)) return null
    const name = leaf as PersonField
    return (
      <OrderField
        key={path}
        {...shared}
        value={person[name]}
        before={(before as PersonText | null)?.[name] ?? ''}
        onText={(typed) =>
          setText(
            side === 'delivery'
              ? { ...text, delivery: { ...person, [name]: typed } }
              : { ...text, customer: { ...person, [name]: typed } },
          )
        }
      />
    )
  }
  function others(side: 'customer' | 'delivery') {
    const leaves = PERSON_FIELDS.filter((leaf) => side === 'customer' || leaf !== 'email')
    return leaves.map((leaf) => `${side}.${leaf}`).filter((path) => !atFault.includes(path))
  }

  return (
    <form ref={form} onSubmit={submit} onKeyDown={press} noValidate className={styles.form}>
      {atFault.length === 0 ? (
        <p className="soft">{words.no_field}</p>
      ) : (
        <fieldset className={styles.group}>
          <legend>{words.fields_at_fault}</legend>
          {atFault.map(field)}
        </fieldset>
      )}
      <Button variant="subtle" size="xs" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
        {isOpen ? words.other_fields_hide : words.other_fields}
      </Button>
      <Collapse expanded={isOpen}>
        <fieldset className={styles.group}>
          <legend>{words.customer}</legend>
          {others('customer').map(field)}
        </fieldset>
        <fieldset className={styles.group}>
          <legend>{words.delivery}</legend>
          <Checkbox
            size="xs"
            label={words.delivery_same}
            checked={text.delivery === null}
            disabled={busy}
            onChange={(event) =>
              setText({
                ...text,
                delivery: event.currentTarget.checked ? null : { ...(sheet.delivery ?? text.customer), email: '' },
              })
            }
          />
          {text.delivery === null ? null : others('delivery').map(field)}
        </fieldset>
        {['amountYen', 'goods'].filter((path) => !atFault.includes(path)).map(field)}
      </Collapse>
      <Doubles sheet={sheet} text={text} />
      {warnings.length > 0 ? (
        <Alert color="gray" variant="light" role="status" title={words.warnings}>
          <ul className={styles.plainList}>
            {warnings.map((fault) => (
              <li key={`${fault.field} ${fault.problem}`}>{faultWords(language, fault)}</li>
            ))}
          </ul>
        </Alert>
      ) : null}
      <div className={styles.send}>
        <Button type="submit" loading={busy} disabled={errors.length > 0}>
          {isNew ? words.save_reregister : isChanged ? words.save_correct : words.save_unchanged}
        </Button>
        <span className="soft" role={errors.length > 0 ? 'alert' : undefined}>
          {errors.length > 0 ? fill(words.blocked, { count: errors.length }) : words.save_hint}
        </span>
      </div>
      {errors.some((fault) => !atFault.includes(fault.field.replace(/^goods\..*/, 'goods'))) && !isOpen ? (
        <ul className={styles.plainList}>
          {errors.map((fault) => (
            <li key={`${fault.field} ${fault.problem}`}>{faultWords(language, fault)}</li>
          ))}
        </ul>
      ) : null}
    </form>
  )
}

/** Undefined while the code is not whole or not answered. */
function usePlaces(zip: string) {
  const digits = zip.normalize('NFKC').replace(/\D/g, '')
  const query = q(orderEntry.places, { zip: digits })
  return useQuery({ ...query, enabled: digits.length === 7, staleTime: Number.POSITIVE_INFINITY }).data?.places
}

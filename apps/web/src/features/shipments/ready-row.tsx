/** One order to ship. Enter in its slip number goes to the next row's. */
import { Checkbox, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconLoader2, IconPrinter } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ClipboardEvent, KeyboardEvent } from 'react'
import type { CarrierSettings, ShipmentRow } from '@choba/shared/contracts/shipments.ts'
import { businessDate, daysBetween } from '@choba/shared/dates.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { isComposing } from '../../ui/keyboard/guard.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import styles from './shipments.module.css'
import { billDayOf, type DraftCheck, type SlipDraft } from './slip-draft.ts'

/** From here on an approval that lapses is somebody's task. */
const LAPSING_DAYS = 14

type ReadyRowProps = {
  readonly row: ShipmentRow
  readonly draft: SlipDraft
  readonly check: DraftCheck
  readonly refusal: string | undefined
  readonly carrier: string | null
  readonly carriers: CarrierSettings['carriers']
  readonly may: boolean
  readonly chosen: boolean
  readonly onChoose: () => void
  readonly onChange: (draft: SlipDraft) => void
  /** Answers whether it took the text for itself. */
  readonly onPaste: (text: string) => boolean
}

export function ReadyRow(props: ReadyRowProps) {
  const { row, draft, check, refusal, carrier, carriers, may, onChange } = props
  const words = useWords()
  const language = useLanguage()
  const { shipments } = words
  const said = check.complaint ?? check.warning
  const message =
    refusal !== undefined ? fill(shipments.refused, { reason: refusal }) : said === null ? null : shipments[said]
  const isBad = refusal !== undefined || check.complaint !== null
  return (
    <tr className={row.inFlight === null ? '' : styles.moving}>
      <td className={styles.order}>
        {may ? (
          <Checkbox
            size="xs"
            display="inline-block"
            mr={8}
            aria-label={fill(words.plan_shipping.select, { order: row.orderNumber })}
            checked={props.chosen}
            onChange={props.onChoose}
          />
        ) : null}
        <Link to="/payments/$id" params={{ id: row.id }} aria-label={fill(shipments.open, { order: row.orderNumber })}>
          <span className="mono">{row.orderNumber}</span>
        </Link>
        {row.inFlight === null ? null : (
          <Tooltip label={shipments.in_flight}>
            <IconLoader2 size={14} role="img" aria-label={shipments.in_flight} />
          </Tooltip>
        )}
      </td>
      <td>
        {row.customerName}
        {row.deliveryName === null ? null : <span className="soft"> → {row.deliveryName}</span>}
      </td>
      <td className="num">{formatYen(row.amountYen)}</td>
      <td>
        {formatDay(row.shipOn, language)}
        {row.shipOn !== null && row.shipOn < row.today ? <Flag words={shipments.overdue} /> : null}
      </td>
      <td className={styles.spare}>
        {formatDay(row.lapsesOn, language)}
        {row.lapsesOn !== null && daysBetween(businessDate(row.today), businessDate(row.lapsesOn)) <= LAPSING_DAYS ? (
          <Flag words={shipments.lapsing} />
        ) : null}
      </td>
      <td>
        {shipments[`invoice_${row.invoiceDelivery}`]}
        {row.printedOn === null ? null : (
          <p className={styles.small}>
            <IconPrinter size={13} aria-hidden="true" />{' '}
            {fill(words.invoice_print.printed_on, { day: formatDay(row.printedOn, language) })}
          </p>
        )}
        {row.printStale ? <Flag words={words.invoice_print.stale} /> : null}
        {row.invoiceDelivery === 'bundled' && may ? (
          <Tooltip label={shipments.bundled_hint} multiline w={280} events={{ hover: true, focus: true, touch: true }}>
            <input
              type="date"
              className={styles.input}
              aria-label={fill(shipments.row_bill_day, { order: row.orderNumber })}
              value={billDayOf(row, draft)}
              onChange={(event) => onChange({ billDay: event.currentTarget.value })}
            />
          </Tooltip>
        ) : null}
      </td>
      <td className={styles.wide}>
        {may ? (
          <select
            className={styles.input}
            aria-label={fill(shipments.row_carrier, { order: row.orderNumber })}
            value={carrier ?? ''}
            onChange={(event) => onChange({ carrier: event.currentTarget.value })}
          >
            <option value="" disabled>
              –
            </option>
            {carriers
              .filter((each) => each.allowed || each.code === carrier)
              .map((each) => (
                <option key={each.code} value={each.code}>
                  {each[language]}
                </option>
              ))}
          </select>
        ) : (
          '–'
        )}
      </td>
      <td className={styles.wide}>
        {may ? (
          <input
            className={`${styles.input} ${styles.slip} mono ${isBad ? styles.bad : ''}`}
            data-slip
            inputMode="numeric"
            autoComplete="off"
            aria-label={fill(shipments.row_slip, { order: row.orderNumber })}
            aria-invalid={isBad}
            disabled={row.inFlight !== null}
            value={draft.slip ?? ''}
            onChange={(event) => onChange({ slip: event.currentTarget.value })}
            onKeyDown={walk}
            onPaste={(event: ClipboardEvent<HTMLInputElement>) => {
              if (props.onPaste(event.clipboardData.getData('text/plain'))) event.preventDefault()
            }}
          />
        ) : (
          '–'
        )}
        {message === null ? null : (
          <p className={isBad ? styles.complaint : styles.warning} role={isBad ? 'alert' : 'status'}>
            <IconAlertTriangle size={13} aria-hidden="true" />
            {message}
          </p>
        )}
      </td>
    </tr>
  )
}

function Flag({ words }: { readonly words: string }) {
  return (
    <p className={styles.complaint}>
      <IconAlertTriangle size={13} aria-hidden="true" />
      {words}
    </p>
  )
}

/** Enter and the arrows go through the slip numbers, whatever stands between them. */
function walk(event: KeyboardEvent<HTMLInputElement>): void {
  if (isComposing(event.nativeEvent)) return
  const by = event.key === 'Enter' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (by === 0) return
  const all = [...document.querySelectorAll<HTMLInputElement>('input[data-slip]:not(:disabled)')]
  const next = all[all.indexOf(event.currentTarget) + by]
  event.preventDefault()
  next?.focus()
  next?.select()
}

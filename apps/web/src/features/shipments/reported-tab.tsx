/** Reported, and the arrival not confirmed: the longest on the way stand first. */
import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { shipments as contracts } from '@choba/shared/contracts/shipments.ts'
import { businessDate, daysBetween } from '@choba/shared/dates.ts'
import { q } from '../../api/q.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Copyable } from '../../ui/copy/copyable.tsx'
import { formatCount, formatYen, UNKNOWN } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import { type ListProps, ShipmentList, useShipments } from './shipment-list.tsx'
import styles from './shipments.module.css'

export function ReportedTab({ search, onChange }: ListProps) {
  const { shipments } = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const asked = useShipments('reported', search)
  const carriers = useQuery(q(contracts.carriers, { shopId: shops[0]?.id ?? '' })).data?.carriers ?? []
  const names = new Map(carriers.map((carrier) => [carrier.code, carrier[language]]))
  return (
    <>
      <p className={styles.lead}>{shipments.lead_reported}</p>
      <ShipmentList tab="reported" asked={asked} search={search} onChange={onChange}>
        <table className={styles.rows}>
          <thead>
            <tr>
              <th scope="col">{shipments.order}</th>
              <th scope="col">{shipments.customer}</th>
              <th scope="col" className="num">
                {shipments.amount}
              </th>
              <th scope="col">{shipments.shipped_on}</th>
              <th scope="col" className="num">
                {shipments.waiting}
              </th>
              <th scope="col">{shipments.carrier}</th>
              <th scope="col">{shipments.slip}</th>
              <th scope="col">{shipments.invoice}</th>
            </tr>
          </thead>
          <tbody>
            {asked.rows.map((row) => (
              <tr key={row.id}>
                <td className={styles.order}>
                  <Link to="/payments/$id" params={{ id: row.id }}>
                    <span className="mono">{row.orderNumber}</span>
                  </Link>
                </td>
                <td>{row.customerName}</td>
                <td className="num">{formatYen(row.amountYen)}</td>
                <td>{formatDay(row.shippedOn, language)}</td>
                <td className="num">
                  {row.shippedOn === null
                    ? UNKNOWN
                    : formatCount(daysBetween(businessDate(row.shippedOn), businessDate(row.today)))}
                </td>
                <td>{names.get(row.carrierCode ?? '') ?? row.carrierCode ?? UNKNOWN}</td>
                <td>{row.slipNumber === null ? UNKNOWN : <Copyable value={row.slipNumber} language={language} />}</td>
                <td>{shipments[`invoice_${row.invoiceDelivery}`]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ShipmentList>
    </>
  )
}

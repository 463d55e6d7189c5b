/** Beside the form: what it comes to, its tax, the customer's limit, what the checks found, and the one button. */
import { Alert, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { faultWords } from '@choba/shared/checks/fault-words.ts'
import type { CustomerLimit } from '@choba/shared/contracts/customers.ts'
import type { Doublet } from '@choba/shared/contracts/order-entry.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { yen } from '@choba/shared/money.ts'
import { taxesOf } from '@choba/shared/tax.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { LimitMeter } from '../../ui/limit/limit-meter.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import type { FormChecks } from './order-checks.ts'
import type { GoodsLines } from './order-form.ts'
import styles from './order-entry.module.css'

type OrderSummaryProps = {
  readonly goods: GoodsLines
  /** Null where the method knows no limit. */
  readonly limit: CustomerLimit | undefined | null
  readonly checks: FormChecks
  readonly doubles: readonly Doublet[]
  /** Faults are said in full once the order was to be sent. */
  readonly tried: boolean
  readonly sending: boolean
  readonly failure: string | null
  readonly onClear: () => void
}

export function OrderSummary(props: OrderSummaryProps) {
  const { goods, limit, checks, doubles, tried, sending, failure, onClear } = props
  const words = useWords()
  const { order_form: own } = words
  const language = useLanguage()
  const totalYen = goods.reduce((sum, line) => sum + line.unitPriceYen * line.quantity, 0)
  const errors = checks.errors.length + checks.lines.length
  return (
    <div className={styles.summary}>
      <h2 className={styles.sectionTitle}>{own.summary}</h2>
      <p className={styles.total}>
        <span>{own.total}</span>
        <span className={styles.totalYen}>
          {formatYen(totalYen)}
          <span className={styles.unit}>{words.app.yen}</span>
        </span>
      </p>
      {goods.length === 0 || totalYen <= 0 ? null : (
        <ul className={styles.taxes}>
          {taxesOf(goods, yen(totalYen)).map(({ rateBp, amountYen, taxYen }) => (
            <li key={rateBp}>
              {fill(rateBp === 0 ? own.tax_line_none : own.tax_line, {
                rate: `${rateBp / 100}%`,
                amount: formatYen(amountYen),
                tax: formatYen(taxYen),
              })}
            </li>
          ))}
        </ul>
      )}
      {limit === null ? null : <h3 className={styles.subTitle}>{words.limit.title}</h3>}
      {limit === null ? null : limit === undefined ? (
        <p className={styles.hint}>{words.limit.unknown_customer}</p>
      ) : (
        <LimitMeter limit={limit} addedYen={Math.max(0, totalYen)} language={language} />
      )}
      {doubles.map((double) => (
        <Alert key={double.paymentId} variant="light" mt="sm" role={double.why === 'same_number' ? 'alert' : 'status'}>
          {fill(double.why === 'same_number' ? own.double_number : own.double_customer, {
            order: double.orderNumber,
            name: double.customerName,
            amount: formatYen(double.amountYen),
            date: formatInstant(double.orderedAt, language),
          })}{' '}
          <Link to="/payments/$id" params={{ id: double.paymentId }} target="_blank" className="link-button">
            {words.order_result.open}
          </Link>
        </Alert>
      ))}
      <div aria-live="polite">
        {tried && errors > 0 ? (
          <Alert variant="light" mt="sm" title={fill(own.faults_errors, { count: errors })}>
            <ul className={styles.faults}>
              {checks.errors.map((fault) => (
                <li key={`${fault.field} ${fault.problem}`}>{faultWords(language, fault)}</li>
              ))}
              {checks.lines.map((fault) => (
                <li key={fault.field}>
                  {words.check_field.goods} {fault.line + 1}: {own[fault.problem]}
                </li>
              ))}
            </ul>
          </Alert>
        ) : null}
        {tried && checks.warnings.length > 0 ? (
          <Alert
            variant="light"
            mt="sm"
            role="status"
            title={fill(own.faults_warnings, { count: checks.warnings.length })}
          >
            <ul className={styles.faults}>
              {checks.warnings.map((fault) => (
                <li key={`${fault.field} ${fault.problem}`}>{faultWords(language, fault)}</li>
              ))}
            </ul>
          </Alert>
        ) : null}
        {errors === 0 && checks.warnings.length === 0 ? <p className={styles.hint}>{own.faults_none}</p> : null}
        {failure === null ? null : (
          <Alert variant="light" mt="sm" role="alert" title={own.send_failed}>
            {failure}
          </Alert>
        )}
      </div>
      <Button type="submit" fullWidth mt="md" loading={sending}>
        {limit === null ? own.submit_slip : own.submit}
      </Button>
      <p className={styles.hint}>{limit === null ? own.submit_hint_slip : own.submit_hint}</p>
      <p className={styles.hint}>
        {own.draft}{' '}
        <button type="button" className="link-button" onClick={onClear}>
          {own.clear}
        </button>
      </p>
    </div>
  )
}

/** The invoice that travels in the parcel: its pages as they were printed, and the way to print it. */
import { Button, Tooltip } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { invoicePrints, type PaymentPrint } from '@choba/shared/contracts/invoice-prints.ts'
import type { PaymentDetail } from '@choba/shared/contracts/payments.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { printFileAddress } from '../../../api/invoice-prints.ts'
import { q } from '../../../api/q.ts'
import { useMay } from '../../../api/session.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { Section } from '../../../ui/facts/section.tsx'
import { formatDay, formatInstant } from '../../../ui/time/format-time.ts'

const PrintOne = lazy(() => import('../actions/print-one.tsx').then((module) => ({ default: module.PrintOne })))

export function PrintedInvoice({ payment }: { readonly payment: PaymentDetail['payment'] }) {
  const { invoice_print: words, print_refusal } = useWords()
  const may = useMay('sales.act')
  const [open, setOpen] = useState(false)
  const { data } = useQuery(q(invoicePrints.ofPayment, { id: payment.id }))
  if (data === undefined) return null
  const closed = !may
    ? words.no_permission
    : payment.inFlight !== null
      ? print_refusal.in_flight
      : payment.status === 'authorized'
        ? null
        : print_refusal[REASONS[payment.status] ?? 'not_approved']
  return (
    <Section title={words.section}>
      {data.prints.length === 0 ? <p style={{ margin: '0 0 8px' }}>{words.never}</p> : null}
      <ul style={{ margin: '0 0 8px', padding: 0, listStyle: 'none' }}>
        {data.prints.map((print) => (
          <Print key={print.printId} print={print} paymentId={payment.id} may={may} />
        ))}
      </ul>
      <Tooltip label={closed} disabled={closed === null} events={{ hover: true, focus: true, touch: true }}>
        <Button
          className="no-print"
          size="xs"
          variant="default"
          leftSection={<IconPrinter size={14} aria-hidden="true" />}
          {...(closed !== null && { 'data-disabled': true })}
          aria-disabled={closed !== null}
          onClick={() => setOpen(closed === null)}
        >
          {data.prints.length === 0 ? words.print_one : words.reprint}
        </Button>
      </Tooltip>
      {closed === null ? null : <span className="soft"> {closed}</span>}
      <Suspense fallback={null}>
        {open ? <PrintOne paymentId={payment.id} onClose={() => setOpen(false)} /> : null}
      </Suspense>
    </Section>
  )
}

/** Past the point of printing; everything else waits for its approval. */
const REASONS: Readonly<Record<string, 'shipped' | 'ended'>> = {
  captured: 'shipped',
  arrived: 'shipped',
  settled: 'shipped',
  paid_out: 'shipped',
  withdrawn: 'ended',
  refunded: 'ended',
  cancelled: 'ended',
  expired: 'ended',
  undone: 'ended',
}

function Print({
  print,
  paymentId,
  may,
}: {
  readonly print: PaymentPrint
  readonly paymentId: string
  readonly may: boolean
}) {
  const { invoice_print: words } = useWords()
  const language = useLanguage()
  const days = fill(words.days, { issued: formatDay(print.issuedOn, language), due: formatDay(print.dueOn, language) })
  return (
    <li>
      {may ? (
        <a className="link-button" href={printFileAddress(print.printId, paymentId)} target="_blank" rel="noreferrer">
          {days}
        </a>
      ) : (
        days
      )}{' '}
      <span className="soft">
        {fill(words.of_print, { at: formatInstant(print.printedAt, language), by: print.printedBy })}
        {print.stale ? ` – ${words.old}` : null}
      </span>
    </li>
  )
}

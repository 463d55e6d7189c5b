/** A slip as the customer gets it: on paper of either size, or as a mail the clerk sends. */
import { Alert, Button, Group, SegmentedControl, Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPrinter } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { slips, type SlipSheet } from '@choba/shared/contracts/slips.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { STORES, type StoreCode } from '@choba/shared/methods.ts'
import { numberNames } from '@choba/shared/states/slip.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import styles from './slip-sheet.module.css'

const PAPERS = ['A5', 'A4'] as const
type Paper = (typeof PAPERS)[number]
const PAYABLE = ['unpaid', 'part_paid']

export function SlipSheetPage() {
  const words = useWords()
  const language = useLanguage()
  const { id } = useParams({ from: '/console/slips/$id' })
  const slip = useQuery(q(slips.get, { id }))
  const [paper, setPaper] = useState<Paper>('A5')
  if (slip.isPending) return <Skeleton m="lg" height={320} role="status" aria-label={words.app.loading} />
  if (slip.isError) {
    const { code, requestId } = asApiError(slip.error)
    return (
      <ErrorNotice
        title={words.slip_sheet.failed}
        code={code}
        requestId={requestId}
        language={language}
        onRetry={() => void slip.refetch()}
      />
    )
  }
  return (
    <div className={`${styles.page} ${styles[paper]}`}>
      <Tools slip={slip.data} paper={paper} onPaper={setPaper} />
      {PAYABLE.includes(slip.data.state) ? null : (
        <Alert data-urgent color="vermilion" variant="light" mb="md" role="alert">
          {fill(words.slip_sheet.not_payable, { state: label(language, 'slip_state', slip.data.state) })}
        </Alert>
      )}
      <Sheet slip={slip.data} />
    </div>
  )
}

type ToolsProps = { readonly slip: SlipSheet; readonly paper: Paper; readonly onPaper: (paper: Paper) => void }

function Tools({ slip, paper, onPaper }: ToolsProps) {
  const { slip_sheet: words, payment_links } = useWords()
  const language = useLanguage()
  const read = () => call(slips.mail, { id: slip.id, query: { language } })
  const mail = useMutation({
    mutationFn: read,
    onSuccess({ to, subject, body }) {
      window.location.href = `mailto:${encodeURIComponent(to)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`
    },
    onError: sayFailure,
  })
  const copy = useMutation({
    async mutationFn() {
      const { subject, body } = await read()
      // Browsers give the clipboard to pages of a safe origin alone.
      return navigator.clipboard.writeText(`${subject}\n\n${body}`).then(
        () => true,
        () => false,
      )
    },
    onSuccess: (isCopied) =>
      notifications.show(
        isCopied
          ? { message: fill(words.mail_copied, { order: slip.orderNumber }) }
          : { color: 'vermilion', message: payment_links.copy_failed },
      ),
    onError: sayFailure,
  })
  function sayFailure(error: unknown): void {
    notifications.show({ color: 'vermilion', message: label(language, 'error', asApiError(error).code) })
  }
  return (
    <Group gap="xs" mb="md" className="no-print">
      <Button leftSection={<IconPrinter size={16} aria-hidden="true" />} onClick={() => window.print()}>
        {words.print}
      </Button>
      <SegmentedControl
        size="xs"
        aria-label={words.paper}
        value={paper}
        data={[...PAPERS]}
        onChange={(value) => onPaper(value === 'A4' ? 'A4' : 'A5')}
      />
      <Button variant="default" loading={copy.isPending} onClick={() => copy.mutate()}>
        {words.mail_copy}
      </Button>
      {slip.email === '' ? null : (
        <Button variant="default" loading={mail.isPending} onClick={() => mail.mutate()}>
          {words.mail}
        </Button>
      )}
      <Link to="/payments/$id" params={{ id: slip.id }} className="link-button">
        {words.payment}
      </Link>
    </Group>
  )
}

function Sheet({ slip }: { readonly slip: SlipSheet }) {
  const { slip_sheet: words, slip_number, slip_how, slip_column, store: stores, app } = useWords()
  const language = useLanguage()
  const store = STORES[slip.store as StoreCode] as (typeof STORES)[StoreCode] | undefined
  return (
    <article className={styles.sheet} aria-labelledby="slip-title">
      <h1 id="slip-title" className={styles.title}>
        {words.title}
      </h1>
      <p className={styles.to}>{fill(words.to, { name: slip.customerName })}</p>
      <dl className={styles.facts}>
        <dt>{slip_column.orderNumber}</dt>
        <dd className="mono">{slip.orderNumber}</dd>
        <dt>{words.amount}</dt>
        <dd className={styles.amount}>
          {formatYen(slip.amountYen)} {app.yen}
        </dd>
        <dt>{words.store}</dt>
        <dd>{store === undefined ? slip.store : stores[store]}</dd>
        {numberNames(slip.store, slip.numbers).map(([name, number]) => (
          <div key={number} className={styles.pair}>
            <dt>{slip_number[name]}</dt>
            <dd className={name === 'slip_url' ? 'mono' : styles.number}>{number}</dd>
          </div>
        ))}
        <dt>{words.due}</dt>
        <dd className={styles.amount}>{formatDay(slip.payBy, language)}</dd>
      </dl>
      {store === undefined ? null : (
        <>
          <h2 className={styles.how}>{words.how}</h2>
          <p>{slip_how[store]}</p>
        </>
      )}
      <p className="soft">{words.note}</p>
      <p className={styles.shop}>{slip.shopName}</p>
    </article>
  )
}

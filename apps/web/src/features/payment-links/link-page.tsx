/** One payment link: how the customer gets it, where it stands, and what happened to it. */
import { Button, Group, Modal, Skeleton, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconChevronLeft, IconCopy, IconLink, IconMail, IconUnlink } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type PaymentLinkDetail, paymentLinks } from '@choba/shared/contracts/payment-links.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import { LIVE_LINK_STATES, type PaymentLinkState } from '@choba/shared/states/payment-link.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useRefresh } from '../../api/pages.ts'
import { useMay, useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Facts, Section } from '../../ui/facts/section.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { StatusBadge } from '../../ui/status/status-badge.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import { LinkStateBadge } from './link-columns.tsx'
import { LinkQr } from './link-qr.tsx'
import styles from './links.module.css'

/** Opening changes no payment, so nothing tells the page: it looks for itself while the link is alive. */
const LOOK_MS = 4_000

function isLive({ state, paymentId }: PaymentLinkDetail): boolean {
  return paymentId === null && (LIVE_LINK_STATES as readonly PaymentLinkState[]).includes(state)
}

export function LinkPage() {
  const words = useWords()
  const language = useLanguage()
  const { id } = useParams({ from: '/console/links/$id' })
  const detail = useQuery({
    ...q(paymentLinks.get, { id }),
    refetchInterval: ({ state }) => (state.data && isLive(state.data) ? LOOK_MS : false),
  })
  useRefresh([paymentLinks.get.path])

  function body() {
    if (detail.isPending) return <Skeleton height={420} mt="md" role="status" aria-label={words.app.loading} />
    if (detail.isError) {
      const { code, requestId } = asApiError(detail.error)
      const title = words.payment_links.failed_title
      if (code === 'resource.not_found') return <Notice icon={IconUnlink} title={words.payment_links.not_found} />
      const retry = () => void detail.refetch()
      return <ErrorNotice title={title} code={code} requestId={requestId} language={language} onRetry={retry} />
    }
    return <Detail link={detail.data} />
  }
  return (
    <div className={styles.sheet}>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconChevronLeft size={14} aria-hidden="true" />}
        renderRoot={(props) => <Link to="/links" {...props} />}
      >
        {words.payment_links.back}
      </Button>
      {body()}
    </div>
  )
}

function Detail({ link }: { readonly link: PaymentLinkDetail }) {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const own = words.payment_links
  const shop = shops.find(({ id }) => id === link.shopId)?.name ?? link.shopId
  return (
    <>
      <div className={styles.actions}>
        <h1 className={styles.title}>{link.orderNumber}</h1>
        <LinkStateBadge state={link.state} language={language} />
        <CancelButton link={link} />
      </div>
      <div className={styles.columns}>
        <div>
          <Section title={own.facts}>
            <Facts
              facts={[
                [words.payment_link_column.amountYen, formatYen(link.amountYen)],
                [words.payment_link_column.itemName, link.itemName],
                [words.payment_link_column.shopId, shop],
                [own.customer, link.customerName],
                [words.column.phone, link.phone],
                [words.customer_column.email, link.email],
                [own.methods, link.methods.map((method) => words.method[method]).join(language === 'ja' ? '・' : ', ')],
                [words.payment_link_column.method, link.method === null ? null : words.method[link.method]],
                [words.payment_link_column.site, link.site === null ? null : words.site[link.site]],
                [words.payment_link_column.expiresAt, formatInstant(link.expiresAt, language)],
                [own.billing, billingWords(link, own)],
                [own.opens, fill(own.opens_value, { count: link.opens })],
                [own.fault, link.faultCode === null ? null : label(language, 'reason', link.faultCode)],
                [own.created_by, link.createdBy],
              ]}
            />
            {link.subscriptionId === null ? null : (
              <div className={styles.actions}>
                <Link to="/subscriptions/$id" params={{ id: link.subscriptionId }} className="link-button">
                  {own.open_subscription}
                </Link>
              </div>
            )}
            {link.paymentId === null ? null : (
              <div className={styles.actions}>
                {link.paymentStatus === null ? null : <StatusBadge status={link.paymentStatus} language={language} />}
                <Link to="/payments/$id" params={{ id: link.paymentId }} className="link-button">
                  {own.open_payment}
                </Link>
              </div>
            )}
          </Section>
        </div>
        {isLive(link) ? <Handing link={link} /> : null}
      </div>
      <Section title={own.history}>
        <PlainTable
          caption={own.history}
          columns={[{ name: own.at }, { name: own.what }, { name: own.detail }]}
          rows={link.events.map(({ at, kind, detail }, index) => ({
            key: `${at}-${index}`,
            cells: [formatInstant(at, language), words.payment_link_event[kind], detailWord(language, detail)],
          }))}
        />
      </Section>
    </>
  )
}

/** Null when it is paid once. */
function billingWords(
  { recurring }: PaymentLinkDetail,
  own: ReturnType<typeof useWords>['payment_links'],
): string | null {
  if (recurring === null) return null
  const first = recurring.firstMonth === 'free' ? own.billing_free : own.billing_charged
  return recurring.lastMonth === null ? first : `${first} ${fill(own.billing_until, { month: recurring.lastMonth })}`
}

/** A site, an answer, or the name of a person. */
function detailWord(language: Language, detail: string): string {
  const known = label(language, 'payment_link_detail', detail)
  return known === detail ? label(language, 'site', detail) : known
}

/** How the link gets to the customer. */
function Handing({ link }: { readonly link: PaymentLinkDetail }) {
  const { payment_links: own } = useWords()
  const language = useLanguage()
  const mayAct = useMay('orders.create')
  const write = () => call(paymentLinks.mail, { id: link.id, query: { language } })
  const mail = useMutation({
    mutationFn: write,
    onSuccess: ({ to, subject, body }) => {
      window.location.href = `mailto:${encodeURIComponent(to)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`
    },
    onError: (error) => tell(error, language),
  })
  const text = useMutation({
    mutationFn: write,
    onSuccess: ({ subject, body }) => copy(`${subject}\n\n${body}`, own.mail_copied),
    onError: (error) => tell(error, language),
  })
  /** Browsers give the clipboard to pages of a safe origin alone; elsewhere the address is there to be selected. */
  async function copy(value: string, done: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(value)
      notifications.show({ message: fill(done, { order: link.orderNumber }) })
    } catch {
      notifications.show({ color: 'vermilion', message: own.copy_failed })
    }
  }
  return (
    <Section title={own.url}>
      <p className={`mono ${styles.address}`}>{link.url}</p>
      <Button
        size="xs"
        leftSection={<IconLink size={15} aria-hidden="true" />}
        onClick={() => void copy(link.url, own.copied)}
      >
        {own.copy}
      </Button>
      <LinkQr url={link.url} name={fill(own.qr, { order: link.orderNumber })} />
      <p className="soft">{own.qr_hint}</p>
      <Tooltip label={own.no_right} disabled={mayAct} events={{ hover: true, focus: true, touch: true }}>
        <div className={styles.actions}>
          <Button
            size="xs"
            variant="default"
            disabled={!mayAct}
            loading={mail.isPending}
            leftSection={<IconMail size={15} aria-hidden="true" />}
            onClick={() => mail.mutate()}
          >
            {own.mail}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={!mayAct}
            loading={text.isPending}
            leftSection={<IconCopy size={15} aria-hidden="true" />}
            onClick={() => text.mutate()}
          >
            {own.mail_copy}
          </Button>
        </div>
      </Tooltip>
    </Section>
  )
}

/** Takes the link back; where that is not possible it says why. */
function CancelButton({ link }: { readonly link: PaymentLinkDetail }) {
  const { payment_links: own, payment_link_state, app } = useWords()
  const language = useLanguage()
  const mayAct = useMay('orders.create')
  const queryClient = useQueryClient()
  const [asking, ask] = useDisclosure(false)
  const cancel = useMutation({
    mutationFn: () => call(paymentLinks.cancel, { id: link.id, body: {} }),
    onSuccess: () => notifications.show({ message: fill(own.cancelled, { order: link.orderNumber }) }),
    onError: (error) => tell(error, language),
    async onSettled() {
      ask.close()
      await queryClient.invalidateQueries({ queryKey: [paymentLinks.get.path] })
    },
  })
  const reason = !mayAct
    ? own.no_right
    : isLive(link)
      ? undefined
      : fill(link.paymentId === null ? own.ended : own.not_cancellable, { state: payment_link_state[link.state] })
  return (
    <>
      <Tooltip label={reason} disabled={reason === undefined} events={{ hover: true, focus: true, touch: true }}>
        <Button
          size="xs"
          variant="default"
          data-disabled={reason !== undefined}
          aria-disabled={reason !== undefined}
          aria-description={reason}
          onClick={() => reason === undefined && ask.open()}
        >
          {own.cancel}
        </Button>
      </Tooltip>
      <Modal
        opened={asking}
        onClose={ask.close}
        title={fill(own.cancel_title, { order: link.orderNumber })}
        closeButtonProps={{ 'aria-label': app.close }}
      >
        <p>{own.cancel_text}</p>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={ask.close}>
            {own.cancel_no}
          </Button>
          <Button color="vermilion" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {own.cancel}
          </Button>
        </Group>
      </Modal>
    </>
  )
}

function tell(error: unknown, language: Language): void {
  notifications.show({ color: 'vermilion', message: label(language, 'error', asApiError(error).code) })
}

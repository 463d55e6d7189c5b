/** The form of a new payment link. */
import { Alert, Button, Checkbox, Group, Radio, Select, Skeleton, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconUnlink } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { orderEntry } from '@choba/shared/contracts/order-entry.ts'
import { paymentLinks } from '@choba/shared/contracts/payment-links.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { METHODS, type Method } from '@choba/shared/methods.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Section } from '../../ui/facts/section.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { EMPTY_FORM, faultsOf, inputOf, type LinkForm, type LinkFormField } from './link-form.ts'
import styles from './links.module.css'

type Shop = { readonly shopId: string; readonly methods: readonly Method[] }

export function NewLinkPage() {
  const words = useWords()
  const own = words.payment_link_form
  const language = useLanguage()
  const options = useQuery(q(paymentLinks.options, {}))

  function body() {
    if (options.isPending) return <Skeleton height={420} role="status" aria-label={words.app.loading} />
    if (options.isError) {
      const { code, requestId } = asApiError(options.error)
      const retry = () => void options.refetch()
      return (
        <ErrorNotice title={own.failed_title} code={code} requestId={requestId} language={language} onRetry={retry} />
      )
    }
    const [first] = options.data.shops
    if (first === undefined) return <Notice icon={IconUnlink} title={own.no_shop_title} text={own.no_shop_text} />
    return <Form shops={options.data.shops} first={first} />
  }
  return (
    <div className={styles.sheet}>
      <h1 className={styles.title}>{own.title}</h1>
      <p className="soft">{own.lead}</p>
      {body()}
    </div>
  )
}

/** Cards need nothing more of the customer than the link. */
function usualMethod({ methods }: Shop): readonly Method[] {
  return methods.includes('card') ? ['card'] : methods.slice(0, 1)
}

function Form({ shops, first }: { readonly shops: readonly Shop[]; readonly first: Shop }) {
  const words = useWords()
  const own = words.payment_link_form
  const language = useLanguage()
  const session = useSession()
  const navigate = useNavigate({ from: '/links/new' })
  const [form, setForm] = useState<LinkForm>({
    ...EMPTY_FORM,
    shopId: first.shopId,
    methods: usualMethod(first),
  })
  const [told, setTold] = useState(false)
  // The same press twice is one link.
  const [key] = useState(() => crypto.randomUUID())
  const faults = faultsOf(form)
  const offered = shops.find(({ shopId }) => shopId === form.shopId)?.methods ?? []
  const number = useMutation({
    mutationFn: () => call(orderEntry.reserveNumber, { body: { shopId: form.shopId } }),
    onSuccess: ({ orderNumber }) => setForm((before) => ({ ...before, orderNumber })),
    onError: (error) =>
      notifications.show({ color: 'vermilion', message: label(language, 'error', asApiError(error).code) }),
  })
  const make = useMutation({
    mutationFn: () => call(paymentLinks.create, { body: inputOf(form, `${key}:${form.orderNumber}`) }),
    onSuccess({ id, orderNumber }) {
      notifications.show({ message: fill(own.created, { order: orderNumber }) })
      void navigate({ to: '/links/$id', params: { id } })
    },
  })
  function field(
    name: Exclude<LinkFormField, 'methods' | 'billing' | 'lastMonth'>,
    word: string,
    isOptional = false,
    hint?: string,
  ) {
    const fault = told ? faults[name] : undefined
    return (
      <TextInput
        description={hint}
        label={isOptional ? `${word}（${own.optional}）` : word}
        name={name}
        value={form[name]}
        autoComplete="off"
        error={fault === undefined ? null : own[fault]}
        onChange={({ currentTarget: { value } }) => setForm((before) => ({ ...before, [name]: value }))}
      />
    )
  }
  const np = form.methods.includes('np_postpaid')
  const error = make.isError ? asApiError(make.error) : undefined
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTold(true)
        if (Object.keys(faults).length === 0 && !make.isPending) make.mutate()
      }}
    >
      <Section title={own.section_order}>
        <div className={styles.form}>
          {shops.length > 1 ? (
            <Select
              label={own.shop}
              allowDeselect={false}
              value={form.shopId}
              data={shops.map(({ shopId }) => ({
                value: shopId,
                label: session.shops.find(({ id }) => id === shopId)?.name ?? shopId,
              }))}
              onChange={(shopId) => {
                const methods = shops.find((shop) => shop.shopId === shopId)?.methods ?? []
                const keep = (before: LinkForm) => before.methods.filter((method) => methods.includes(method))
                if (shopId !== null) setForm((before) => ({ ...before, shopId, methods: keep(before) }))
              }}
            />
          ) : null}
          <div className={styles.number}>
            <div style={{ flex: 1 }}>{field('orderNumber', own.order_number)}</div>
            <Button variant="default" loading={number.isPending} onClick={() => number.mutate()}>
              {own.take_number}
            </Button>
          </div>
          {field('itemName', own.item)}
          <div className={styles.pair}>
            {field('amount', own.amount)}
            <Select
              label={own.tax_rate}
              allowDeselect={false}
              value={form.taxRateBp}
              data={[
                { value: '1000', label: words.order_form.tax_10 },
                { value: '800', label: words.order_form.tax_8 },
                { value: '0', label: words.order_form.tax_0 },
              ]}
              onChange={(taxRateBp) => taxRateBp !== null && setForm((before) => ({ ...before, taxRateBp }))}
            />
          </div>
          <Checkbox.Group
            label={own.methods}
            description={own.methods_hint}
            error={told && faults.methods ? own[faults.methods] : null}
            value={[...form.methods]}
            onChange={(chosen) =>
              setForm((before) => ({ ...before, methods: METHODS.filter((method) => chosen.includes(method)) }))
            }
          >
            <Group mt={6}>
              {offered.map((method) => (
                <Checkbox key={method} value={method} label={words.method[method]} />
              ))}
            </Group>
          </Checkbox.Group>
          <Radio.Group
            label={own.billing}
            value={form.billing}
            onChange={(chosen) => {
              const billing = (['once', 'charged', 'free'] as const).find((each) => each === chosen) ?? 'once'
              setForm((before) => ({ ...before, billing, methods: billing === 'once' ? before.methods : ['card'] }))
            }}
          >
            <Group mt={6}>
              <Radio value="once" label={own.billing_once} />
              <Radio value="charged" label={own.billing_charged} />
              <Radio value="free" label={own.billing_free} />
            </Group>
          </Radio.Group>
          {form.billing === 'once' ? null : (
            <TextInput
              type="month"
              name="lastMonth"
              label={`${own.last_month}（${own.optional}）`}
              description={own.last_month_hint}
              value={form.lastMonth}
              error={told && faults.lastMonth ? own[faults.lastMonth] : null}
              onChange={({ currentTarget: { value: lastMonth } }) => setForm((before) => ({ ...before, lastMonth }))}
            />
          )}
          {field('days', own.expires, false, faults.days ? undefined : fill(own.expires_hint, { days: form.days }))}
        </div>
      </Section>
      <Section title={own.section_customer}>
        <div className={styles.form}>
          {np ? <p className="soft">{own.np_needs}</p> : null}
          <div className={styles.pair}>
            {field('name', own.name)}
            {field('kana', own.kana, true)}
            {field('email', own.email, true)}
            {field('phone', own.phone, !np)}
          </div>
          {field('zip', own.zip, !np)}
          {field('address', own.address, !np)}
        </div>
      </Section>
      {error === undefined ? null : (
        <Alert data-urgent color="vermilion" variant="light" title={own.failed_title} role="alert">
          {error.code === 'order.duplicate'
            ? fill(own.duplicate, { order: form.orderNumber })
            : `${label(language, 'error', error.code)} ${label(language, 'error_advice', error.code)}`}
        </Alert>
      )}
      <div>
        <Button type="submit" loading={make.isPending}>
          {own.submit}
        </Button>
      </div>
    </form>
  )
}

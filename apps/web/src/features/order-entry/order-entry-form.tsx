import { Checkbox } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { customers } from '@choba/shared/contracts/customers.ts'
import { orders } from '@choba/shared/contracts/orders.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { ApiError, asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Section } from '../../ui/facts/section.tsx'
import { isComposing } from '../../ui/keyboard/guard.ts'
import { GoodsFields } from './goods-fields.tsx'
import { KnownCustomers } from './known-customers.tsx'
import { checkForm, firstFault } from './order-checks.ts'
import { type EntryShop, OrderFields } from './order-fields.tsx'
import { emptyForm, goodsOf, isUntouched, NOBODY, orderOf, payWithinOf } from './order-form.ts'
import styles from './order-entry.module.css'
import type { SentOrder } from './order-result.tsx'
import { OrderSummary } from './order-summary.tsx'
import { PersonFields, usePlaces } from './person-fields.tsx'
import { useOrderDraft } from './use-order-draft.ts'
import { useOrderQuestions } from './use-order-questions.ts'

type OrderEntryFormProps = {
  readonly shops: readonly EntryShop[]
  readonly onSent: (sent: SentOrder) => void
}

export function OrderEntryForm({ shops, onSent }: OrderEntryFormProps) {
  const words = useWords()
  const { order_form: own } = words
  const language = useLanguage()
  const [first] = shops
  const draft = useOrderDraft(
    () => ({
      ...emptyForm(first?.shopId ?? '', first?.today ?? ''),
      ...(first?.methods[0] && { method: first.methods[0] }),
    }),
    shops.map((shop) => shop.shopId),
  )
  const { form, change, changePerson } = draft
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [tried, setTried] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  const places = { customer: usePlaces(form.customer.zip), delivery: usePlaces(form.delivery?.zip ?? '') }
  const [now] = useState(() => new Date())
  const checks = checkForm(form, places, now)
  const order = orderOf(form, now)
  const { limit, doubles } = useOrderQuestions(order)
  useGivenCustomer(form.customer.name === '', (customer) => change({ customer }))

  const send = useMutation({
    async mutationFn() {
      const answer = await call(orders.create, { body: { orders: [orderOf(form, new Date())] } })
      const [result] = answer.results
      if (result === undefined || result.error !== null || result.paymentId === null)
        throw new RefusedError(result?.error?.code ?? 'internal', result?.error?.field ?? null)
      return { paymentId: result.paymentId, orderNumber: result.orderNumber, repeated: result.repeated }
    },
    onSuccess(sent) {
      draft.forget()
      onSent(sent)
    },
  })
  const isSlip = form.method === 'convenience_store'
  const daysFault = isSlip && payWithinOf(form) === undefined ? 'payWithinDays' : undefined
  const takenNumber = doubles.some((double) => double.why === 'same_number')

  function submit(event?: FormEvent): void {
    event?.preventDefault()
    setTried(true)
    const fault = firstFault(checks) ?? (takenNumber ? 'orderNumber' : undefined) ?? daysFault
    if (fault !== undefined) return goTo(fault)
    if (!send.isPending) send.mutate()
  }
  function goTo(field: string): void {
    const found = element.current?.querySelector<HTMLElement>(`[name="${CSS.escape(field)}"]`)
    found?.focus()
    found?.scrollIntoView({ block: 'center' })
  }
  function press(event: KeyboardEvent): void {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      submit()
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      // In a long form Enter alone is a slip of the finger.
      event.preventDefault()
    }
  }
  function clear(): void {
    if (!isUntouched(form) && !window.confirm(own.clear_confirm)) return
    const today = shops.find((shop) => shop.shopId === form.shopId)?.today ?? ''
    draft.reset({ ...emptyForm(form.shopId, today), method: form.method, orderNumber: form.orderNumber })
    setLeft(new Set())
    setTried(false)
  }

  const told = {
    checks,
    isTold: (field: string) => tried || left.has(field),
    onLeave: (field: string) => setLeft((before) => (before.has(field) ? before : new Set(before).add(field))),
  }
  return (
    <form ref={element} className={styles.form} onSubmit={submit} onKeyDown={press} noValidate>
      <div className={styles.entry}>
        <Section title={own.section_order}>
          <OrderFields form={form} shops={shops} {...told} onChange={change} />
        </Section>
        <Section title={own.section_customer}>
          <PersonFields
            side="customer"
            person={form.customer}
            {...told}
            onChange={(part) => changePerson('customer', part)}
          >
            <KnownCustomers person={form.customer} onChoose={(customer) => change({ customer })} />
          </PersonFields>
        </Section>
        <Section title={own.section_delivery}>
          <Checkbox
            name="delivery"
            label={own.delivery_other}
            checked={form.delivery !== null}
            onChange={(event) => change({ delivery: event.currentTarget.checked ? NOBODY : null })}
          />
          {form.delivery === null ? null : (
            <div style={{ marginTop: 12 }}>
              <PersonFields
                side="delivery"
                person={form.delivery}
                {...told}
                onChange={(part) => changePerson('delivery', part)}
              />
            </div>
          )}
        </Section>
        <Section title={own.section_goods}>
          <GoodsFields lines={form.lines} {...told} onChange={(lines) => change({ lines })} />
        </Section>
      </div>
      <OrderSummary
        goods={goodsOf(form.lines)}
        limit={isSlip ? null : limit}
        checks={checks}
        doubles={doubles}
        tried={tried}
        sending={send.isPending}
        failure={send.isError ? sayFailure(send.error) : null}
        onClear={clear}
      />
    </form>
  )

  function sayFailure(error: unknown): string {
    const stop = language === 'ja' ? '。' : '. '
    const code = error instanceof RefusedError ? error.code : asApiError(error).code
    const support =
      error instanceof ApiError && error.requestId !== null ? ` (${words.app.support_code} ${error.requestId})` : ''
    return `${label(language, 'error', code)}${stop}${label(language, 'error_advice', code)}${support}`
  }
}

/** The row of the batch was refused. */
class RefusedError extends Error {
  readonly code: string
  readonly field: string | null
  constructor(code: string, field: string | null) {
    super(code)
    this.code = code
    this.field = field
  }
}

/** From a customer's page: `/orders/new?customer=<id>` begins with who that is. */
function useGivenCustomer(isEmpty: boolean, onFound: (person: typeof NOBODY) => void): void {
  const { customer } = useSearch({ from: '/console/orders/new' })
  const query = q(customers.lastOrder, { id: customer ?? '' })
  const known = useQuery({ ...query, enabled: customer !== undefined }).data?.customer
  useEffect(() => {
    if (known !== undefined && isEmpty) onFound(known)
    // Once, when the answer comes; what is typed afterwards stays.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [known])
}

/** Which shop, number, channel and days, and how the invoice travels. */
import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Output } from '@choba/shared/contract.ts'
import { orderEntry } from '@choba/shared/contracts/order-entry.ts'
import { CLERK_METHODS, CLERK_SITES, STORE_CODES, STORES } from '@choba/shared/methods.ts'
import { call } from '../../api/call.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { Field } from './field.tsx'
import { NumberingPopover } from './numbering-popover.tsx'
import type { FormChecks } from './order-checks.ts'
import { type OrderForm, payWithinOf } from './order-form.ts'
import styles from './order-entry.module.css'

export type EntryShop = Output<typeof orderEntry.shops>['shops'][number]

type OrderFieldsProps = {
  readonly form: OrderForm
  readonly shops: readonly EntryShop[]
  readonly checks: FormChecks
  readonly isTold: (field: string) => boolean
  readonly onLeave: (field: string) => void
  readonly onChange: (change: Partial<OrderForm>) => void
}

export function OrderFields({ form, shops, checks, isTold, onLeave, onChange }: OrderFieldsProps) {
  const { order_form: own, method: methods, store: stores } = useWords()
  const session = useSession()
  const shop = shops.find((each) => each.shopId === form.shopId)
  const take = useMutation({
    mutationFn: (shopId: string) => call(orderEntry.reserveNumber, { body: { shopId } }),
    onSuccess: ({ orderNumber }) => onChange({ orderNumber }),
  })
  const suggested = useRef('')
  useEffect(() => {
    // Once for each shop: who empties the field wants a number of their own. The draft keeps what was given out.
    if (form.orderNumber !== '' || suggested.current === form.shopId) return
    suggested.current = form.shopId
    take.mutate(form.shopId)
    // oxlint-disable-next-line react/exhaustive-deps
  }, [form.shopId])
  const names = new Map(session.shops.map((each) => [each.id, each.name]))
  return (
    <div className={styles.fields}>
      {shops.length > 1 ? (
        <Select
          label={own.shop}
          data={shops.map(({ shopId }) => ({ value: shopId, label: names.get(shopId) ?? shopId }))}
          value={form.shopId}
          allowDeselect={false}
          // A number is its shop's own, and so are its methods.
          onChange={(shopId) => {
            const offered = shops.find((each) => each.shopId === shopId)?.methods ?? []
            const method = offered.includes(form.method) ? form.method : (offered[0] ?? form.method)
            if (shopId !== null) onChange({ shopId, method, orderNumber: '' })
          }}
        />
      ) : null}
      {shop !== undefined && shop.methods.length > 1 ? (
        <div>
          <span className={styles.label}>{own.method}</span>
          <SegmentedControl
            fullWidth
            aria-label={own.method}
            value={form.method}
            data={shop.methods.map((value) => ({ value, label: methods[value] }))}
            onChange={(value) => onChange({ method: CLERK_METHODS.find((each) => each === value) ?? 'np_postpaid' })}
          />
        </div>
      ) : null}
      <div className={styles.number_row}>
        <Field
          field="orderNumber"
          label={own.order_number}
          classNames={{ input: 'mono' }}
          value={form.orderNumber}
          onText={(orderNumber) => onChange({ orderNumber })}
          faults={checks.of('orderNumber')}
          told={isTold('orderNumber')}
          onLeave={onLeave}
          {...(take.data?.orderNumber === '' ? { description: own.numbers_exhausted } : {})}
        />
        <Button variant="default" loading={take.isPending} onClick={() => take.mutate(form.shopId)}>
          {own.number_take}
        </Button>
        {shop === undefined ? null : (
          <NumberingPopover key={JSON.stringify(shop)} shopId={shop.shopId} numbering={shop.numbering} />
        )}
      </div>
      <div>
        <span className={styles.label}>{own.channel}</span>
        <SegmentedControl
          fullWidth
          aria-label={own.channel}
          value={form.channel}
          data={CLERK_SITES.map((value) => ({ value, label: own[`channel_${value}`] }))}
          onChange={(value) => onChange({ channel: CLERK_SITES.find((site) => site === value) ?? 'phone' })}
        />
      </div>
      <TextInput
        type="date"
        label={own.ordered_on}
        value={form.orderedOn}
        max={shop?.today}
        onChange={(event) => onChange({ orderedOn: event.currentTarget.value })}
      />
      {form.method === 'np_postpaid' ? (
        <>
          <TextInput
            type="date"
            label={
              <>
                {own.ship_on}
                <span className={styles.optional}>{own.optional}</span>
              </>
            }
            aria-label={own.ship_on}
            value={form.shipOn}
            min={form.orderedOn}
            onChange={(event) => onChange({ shipOn: event.currentTarget.value })}
          />
          <div>
            <span className={styles.label}>{own.invoice}</span>
            <SegmentedControl
              fullWidth
              aria-label={own.invoice}
              value={form.invoice}
              data={[
                { value: 'separate', label: own.invoice_separate },
                { value: 'bundled', label: own.invoice_bundled },
              ]}
              onChange={(value) => onChange({ invoice: value === 'bundled' ? 'bundled' : 'separate' })}
            />
            <p className={styles.hint}>
              {form.invoice === 'bundled' ? own.invoice_hint_bundled : own.invoice_hint_separate}
            </p>
          </div>
        </>
      ) : (
        <>
          <Select
            label={own.store}
            data={STORE_CODES.map((value) => ({ value, label: stores[STORES[value]] }))}
            value={form.store}
            allowDeselect={false}
            onChange={(value) => onChange({ store: STORE_CODES.find((each) => each === value) ?? form.store })}
          />
          <TextInput
            name="payWithinDays"
            label={own.pay_within}
            description={own.pay_within_hint}
            inputMode="numeric"
            value={form.payWithinDays}
            error={payWithinOf(form) === undefined ? own.pay_within_wrong : null}
            onChange={(event) => onChange({ payWithinDays: event.currentTarget.value })}
          />
        </>
      )}
    </div>
  )
}

/** An order of the shop to begin from: for a card subscription the one whose card is charged, for others customer and goods. */
import { Button, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { Output } from '@choba/shared/contract.ts'
import { subscriptions } from '@choba/shared/contracts/subscriptions.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import styles from './form.module.css'

export type Basis = Output<typeof subscriptions.basis>

type BasisFieldProps = {
  readonly shopId: string
  readonly orderNumber: string
  /** The card of the order is charged, so it must be one that can be. */
  readonly asksCard: boolean
  /** The order number that was found good. */
  readonly checked: string | null
  readonly fault: string | null
  readonly onText: (text: string) => void
  readonly onFound: (basis: Basis, orderNumber: string) => void
}

export function BasisField(props: BasisFieldProps) {
  const { shopId, orderNumber, asksCard, checked, fault, onText, onFound } = props
  const { subscription_form: words } = useWords()
  const language = useLanguage()
  const typed = orderNumber.normalize('NFKC').trim()
  const load = useMutation({
    mutationFn: () => call(subscriptions.basis, { query: { shop: shopId, orderNumber: typed } }),
    onSuccess(basis) {
      if (!asksCard || basis.chargeable) onFound(basis, typed)
    },
  })
  const problem = load.isError ? sayError() : load.data === undefined || !asksCard ? null : sayCard(load.data)
  const isGood = checked !== null && checked === typed

  function sayError(): string {
    const { code } = asApiError(load.error)
    return code === 'resource.not_found' ? words.not_found : label(language, 'error', code)
  }
  function sayCard({ method, chargeable }: Basis): string | null {
    if (method !== 'card') return words.not_card
    return chargeable ? null : words.not_chargeable
  }
  return (
    <div>
      <div className={styles.basis}>
        <TextInput
          name="basis"
          label={asksCard ? words.card_order : words.from_order}
          description={asksCard ? words.card_hint : words.from_order_hint}
          autoComplete="off"
          classNames={{ input: 'mono' }}
          value={orderNumber}
          error={problem ?? (isGood ? null : fault)}
          onChange={(event) => {
            load.reset()
            onText(event.currentTarget.value)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            if (typed !== '') load.mutate()
          }}
        />
        <Button variant="default" loading={load.isPending} disabled={typed === ''} onClick={() => load.mutate()}>
          {words.load}
        </Button>
      </div>
      {isGood ? (
        <p className={styles.good} role="status">
          <IconCheck size={15} aria-hidden="true" />
          {fill(asksCard ? words.card_found : words.loaded, { order: typed })}
        </p>
      ) : null}
    </div>
  )
}

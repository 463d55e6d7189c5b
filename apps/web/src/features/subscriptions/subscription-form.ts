/** What is typed into the form of a subscription, as text, and the terms it makes. */
import type { SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import type { SubscriptionInput, SubscriptionTerms } from '@choba/shared/contracts/subscription-input.ts'
import { addDays, type BusinessDate, parseBusinessDate } from '@choba/shared/dates.ts'
import type { Method, StoreCode } from '@choba/shared/methods.ts'
import type { EnteredKind } from '@choba/shared/states/subscription.ts'
import type { OnFailure } from '@choba/shared/subscriptions/dunning.ts'
import type { CycleRoll, RhythmUnit } from '@choba/shared/subscriptions/schedule.ts'
import { readYen } from '../../ui/money/format-yen.ts'
import { NOBODY, personOf, type PersonText } from './person-form.ts'

export type LineText = {
  readonly key: string
  readonly name: string
  /** In yen, with tax. */
  readonly price: string
  readonly quantity: string
  readonly taxRateBp: string
}
export type TermsForm = {
  readonly kind: EnteredKind
  readonly cardOrder: string
  /** The order number whose card was found to be chargeable. */
  readonly checkedCard: string | null
  readonly lines: readonly LineText[]
  readonly meterName: string
  readonly meterPrice: string
  readonly meterTaxRateBp: string
  readonly every: string
  readonly unit: RhythmUnit
  readonly day: string
  readonly roll: CycleRoll
  readonly generateDays: string
  readonly chargeDays: string
  readonly retryDays: string
  readonly onFailure: OnFailure
  readonly fallbackMethod: Method
  readonly fallbackStore: StoreCode
  readonly invoice: 'separate' | 'bundled'
}
export type SubscriptionForm = TermsForm & {
  readonly shopId: string
  readonly customer: PersonText
  readonly delivery: PersonText | null
  readonly firstOn: string
  readonly endsOn: string
}

/** [assumed] Usual lead times: goods are picked a week ahead; a card is charged on its day. A form may say otherwise. */
const LEADS = {
  np_schedule: { generateDays: '7', chargeDays: '3', retryDays: '' },
  fixed: { generateDays: '3', chargeDays: '0', retryDays: '3, 7' },
  metered: { generateDays: '3', chargeDays: '0', retryDays: '3, 7' },
} as const satisfies Record<EnteredKind, Pick<TermsForm, 'generateDays' | 'chargeDays' | 'retryDays'>>

export function methodOf(kind: EnteredKind): Method {
  return kind === 'np_schedule' ? 'np_postpaid' : 'card'
}

export function emptyLine(): LineText {
  return { key: crypto.randomUUID(), name: '', price: '', quantity: '1', taxRateBp: '1000' }
}

export function emptyForm(shopId: string, today: BusinessDate): SubscriptionForm {
  return {
    shopId,
    kind: 'np_schedule',
    cardOrder: '',
    checkedCard: null,
    customer: NOBODY,
    delivery: null,
    lines: [emptyLine()],
    meterName: '',
    meterPrice: '',
    meterTaxRateBp: '1000',
    every: '1',
    unit: 'month',
    day: String(Number(addDays(today, 14).slice(8))),
    roll: 'none',
    ...LEADS.np_schedule,
    onFailure: 'skip',
    fallbackMethod: 'convenience_store',
    fallbackStore: '016',
    invoice: 'separate',
    firstOn: addDays(today, 14),
    endsOn: '',
  }
}

/** Another kind has other usual days; what it can fall back on must differ from its own method. */
export function withKind<F extends TermsForm>(form: F, kind: EnteredKind): F {
  const fallbackMethod = form.fallbackMethod === methodOf(kind) ? 'convenience_store' : form.fallbackMethod
  return { ...form, kind, ...LEADS[kind], fallbackMethod }
}

/** The day of the month follows the first day as long as nobody has said another. */
export function withFirstOn({ firstOn, day }: SubscriptionForm, on: string): Partial<SubscriptionForm> {
  const dayOf = (text: string) => String(Number(text.slice(8)))
  const follows = parseBusinessDate(on) !== undefined && day === dayOf(firstOn)
  return { firstOn: on, ...(follows && { day: dayOf(on) }) }
}

/** The terms as they stand, to be changed. */
export function formOf(detail: SubscriptionDetail): TermsForm {
  const { meter, rhythm, fallbackMethod } = detail
  return {
    // One that the provider charges has no terms of ours, and no way to this form.
    kind: detail.kind === 'simple' ? 'fixed' : detail.kind,
    cardOrder: detail.card?.orderNumber ?? '',
    checkedCard: detail.card?.orderNumber ?? null,
    lines: linesOf(detail.goods),
    meterName: meter?.name ?? '',
    meterPrice: meter === null ? '' : String(meter.unitPriceYen),
    meterTaxRateBp: String(meter?.taxRateBp ?? 1000),
    every: String(rhythm.every),
    unit: rhythm.unit,
    day: String(rhythm.day ?? 1),
    roll: rhythm.roll,
    generateDays: String(detail.generateDays),
    chargeDays: String(detail.chargeDays),
    retryDays: detail.retryDays.join(', '),
    onFailure: detail.onFailure,
    fallbackMethod: fallbackMethod ?? (detail.method === 'card' ? 'np_postpaid' : 'convenience_store'),
    fallbackStore: detail.fallbackStore ?? '016',
    invoice: detail.invoice,
  }
}

export function linesOf(goods: SubscriptionDetail['goods']): readonly LineText[] {
  return goods.map(({ name, unitPriceYen, quantity, taxRateBp }) => ({
    key: crypto.randomUUID(),
    name,
    price: String(unitPriceYen),
    quantity: String(quantity),
    taxRateBp: String(taxRateBp),
  }))
}

/** Whether some card is charged: always, or when the usual method has failed. */
export function needsCard({ kind, onFailure, fallbackMethod }: TermsForm): boolean {
  return methodOf(kind) === 'card' || (onFailure === 'fallback' && fallbackMethod === 'card')
}

export function sumOf(lines: readonly LineText[]): number {
  return lines.reduce((sum, line) => sum + (readYen(line.price) ?? 0) * (readYen(line.quantity) ?? 0), 0)
}

/** `3, 7` in any writing; undefined when something in it is no number. */
export function readDays(text: string): readonly number[] | undefined {
  const parts = text
    .normalize('NFKC')
    .split(/[\s,、・]+/)
    .filter((part) => part !== '')
  return parts.every((part) => /^\d{1,3}$/.test(part)) ? parts.map(Number) : undefined
}

/** For a form without faults. */
export function termsOf(form: TermsForm): SubscriptionTerms & { readonly kind: EnteredKind } {
  const number = (text: string) => readYen(text) ?? 0
  const isFallback = form.onFailure === 'fallback'
  return {
    kind: form.kind,
    goods: form.lines.map((line) => ({
      name: line.name.trim(),
      unitPriceYen: number(line.price),
      quantity: number(line.quantity),
      taxRateBp: Number(line.taxRateBp),
    })),
    meter:
      form.kind === 'metered'
        ? {
            name: form.meterName.trim(),
            unitPriceYen: number(form.meterPrice),
            taxRateBp: Number(form.meterTaxRateBp),
          }
        : null,
    rhythm: {
      unit: form.unit,
      every: number(form.every),
      day: form.unit === 'month' ? Number(form.day) : null,
      roll: form.roll,
    },
    generateDays: number(form.generateDays),
    chargeDays: number(form.chargeDays),
    retryDays: [...(readDays(form.retryDays) ?? [])],
    onFailure: form.onFailure,
    fallbackMethod: isFallback ? form.fallbackMethod : null,
    fallbackStore: isFallback && form.fallbackMethod === 'convenience_store' ? form.fallbackStore : null,
    cardOrderNumber: needsCard(form) ? form.checkedCard : null,
    invoice: form.invoice,
  }
}

/** For a form without faults. */
export function inputOf(form: SubscriptionForm, idempotencyKey: string): SubscriptionInput {
  const { shopId, customer, delivery, firstOn, endsOn } = form
  const first = parseBusinessDate(firstOn)
  if (first === undefined) throw new Error('the form is sent only when it is whole')
  return {
    idempotencyKey,
    shopId,
    customer: personOf(customer),
    delivery: delivery === null ? null : withoutMail(delivery),
    ...termsOf(form),
    firstOn: first,
    endsOn: parseBusinessDate(endsOn) ?? null,
  }
}

function withoutMail(text: PersonText): NonNullable<SubscriptionInput['delivery']> {
  const { email: _email, ...person } = personOf(text)
  return person
}

/** What is typed into the form of a new link, and what is wrong with it. */
import type { PaymentLinkInput } from '@choba/shared/contracts/payment-links.ts'
import type { Method } from '@choba/shared/methods.ts'

export type LinkForm = {
  readonly shopId: string
  readonly orderNumber: string
  readonly itemName: string
  readonly amount: string
  readonly taxRateBp: string
  readonly methods: readonly Method[]
  readonly days: string
  readonly billing: 'once' | 'charged' | 'free'
  /** YYYY-MM; empty until somebody stops it. */
  readonly lastMonth: string
  readonly name: string
  readonly kana: string
  readonly email: string
  readonly phone: string
  readonly zip: string
  readonly address: string
}
export type LinkFormField = keyof LinkForm
type Fault =
  | 'required'
  | 'amount_wrong'
  | 'number_wrong'
  | 'name_wrong'
  | 'mail_wrong'
  | 'phone_wrong'
  | 'zip_wrong'
  | 'days_wrong'
  | 'card_min'
  | 'choose_method'
  | 'month_wrong'
  | 'card_only'

export const EMPTY_FORM: Omit<LinkForm, 'shopId'> = {
  orderNumber: '',
  itemName: '',
  amount: '',
  taxRateBp: '1000',
  methods: [],
  days: '14',
  billing: 'once',
  lastMonth: '',
  name: '',
  kana: '',
  email: '',
  phone: '',
  zip: '',
  address: '',
}

/** Names of labels, by field; empty when the link can be made. */
export function faultsOf(form: LinkForm): Partial<Record<LinkFormField, Fault>> {
  const faults: Partial<Record<LinkFormField, Fault>> = {}
  const amount = /^\d{1,7}$/.test(form.amount) ? Number(form.amount) : 0
  if (!/^[0-9A-Za-z_-]{1,38}$/.test(form.orderNumber)) faults.orderNumber = 'number_wrong'
  if (form.itemName.trim() === '') faults.itemName = 'required'
  if (amount < 1) faults.amount = 'amount_wrong'
  else if (amount < 2 && form.methods.includes('card')) faults.amount = 'card_min'
  if (form.methods.length === 0) faults.methods = 'choose_method'
  else if (form.billing !== 'once' && form.methods.join() !== 'card') faults.methods = 'card_only'
  if (form.billing !== 'once' && !/^$|^20\d{2}-(0[1-9]|1[0-2])$/.test(form.lastMonth)) faults.lastMonth = 'month_wrong'
  if (!/^\d{1,2}$/.test(form.days) || Number(form.days) < 1 || Number(form.days) > 60) faults.days = 'days_wrong'
  if (form.name.trim() === '') faults.name = 'required'
  else if ([...form.name].length > 21) faults.name = 'name_wrong'
  if (!/^$|^[A-Za-z0-9@._+-]{3,100}$/.test(form.email)) faults.email = 'mail_wrong'
  if (!/^$|^[0-9-]{9,14}$/.test(form.phone)) faults.phone = 'phone_wrong'
  if (!/^$|^\d{3}-?\d{4}$/.test(form.zip)) faults.zip = 'zip_wrong'
  if (form.methods.includes('np_postpaid'))
    for (const field of ['phone', 'zip', 'address'] as const) if (form[field].trim() === '') faults[field] = 'required'
  return faults
}

export function inputOf(form: LinkForm, idempotencyKey: string): PaymentLinkInput {
  const { shopId, orderNumber, name, kana, email, phone, zip, address } = form
  const amountYen = Number(form.amount)
  return {
    idempotencyKey,
    shopId,
    orderNumber,
    amountYen,
    goods: [{ name: form.itemName.trim(), unitPriceYen: amountYen, quantity: 1, taxRateBp: Number(form.taxRateBp) }],
    customer: { name: name.trim(), kana, email, phone, zip, address },
    methods: [...form.methods],
    expiresInDays: Number(form.days),
    recurring:
      form.billing === 'once'
        ? null
        : { firstMonth: form.billing, lastMonth: form.lastMonth === '' ? null : form.lastMonth },
  }
}

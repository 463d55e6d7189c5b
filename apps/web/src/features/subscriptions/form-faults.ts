/** What is wrong with a subscription's form, by field: the name of a label and what stands in its places. */
import { type BusinessDate, parseBusinessDate } from '@choba/shared/dates.ts'
import { type Rhythm, shortestCycle } from '@choba/shared/subscriptions/schedule.ts'
import { fullWidthLength, FULL_WIDTH_MAX } from '@choba/shared/checks/np-limits.ts'
import { readYen } from '../../ui/money/format-yen.ts'
import { digitsOf, type PersonText } from './person-form.ts'
import { methodOf, needsCard, readDays, type SubscriptionForm, sumOf, type TermsForm } from './subscription-form.ts'

export type FaultName =
  | 'required'
  | 'number_wrong'
  | 'price_wrong'
  | 'sum_wrong'
  | 'zip_wrong'
  | 'phone_wrong'
  | 'mail_wrong'
  | 'text_long'
  | 'day_wrong'
  | 'day_past'
  | 'end_early'
  | 'lead_wrong'
  | 'retry_wrong'
  | 'retry_long'
  | 'fallback_same'
  | 'card_missing'
  | 'not_offered'
export type Fault = { readonly name: FaultName; readonly values?: Readonly<Record<string, number>> }
export type Faults = Readonly<Record<string, Fault | undefined>>

const MOST_YEN = 9_999_999
/** Cards take no single yen (sbps-protocol 1.2). */
const CARD_MIN_YEN = 2
/** As `rhythm` in the contract; of months the BFF takes two years. */
const MOST_EVERY = { month: 24, week: 365, day: 365 } as const

export function faultsOf(form: SubscriptionForm, today: BusinessDate): Faults {
  const first = parseBusinessDate(form.firstOn)
  const end = parseBusinessDate(form.endsOn)
  return clean({
    ...termFaults(form),
    ...personFaults('customer', form.customer),
    ...(form.delivery === null ? {} : personFaults('delivery', form.delivery)),
    firstOn: first === undefined ? { name: 'day_wrong' } : first < today ? { name: 'day_past' } : undefined,
    endsOn:
      form.endsOn === ''
        ? undefined
        : end === undefined
          ? { name: 'day_wrong' }
          : first !== undefined && end <= first
            ? { name: 'end_early' }
            : undefined,
  })
}

export function termFaults(form: TermsForm): Faults {
  const faults: Record<string, Fault | undefined> = {}
  for (const [index, line] of form.lines.entries()) {
    faults[`lines.${index}.name`] = textFault(line.name, 150)
    if (readYen(line.price) === undefined) faults[`lines.${index}.price`] = { name: 'price_wrong' }
    faults[`lines.${index}.quantity`] = numberFault(line.quantity, 1, 9_999)
  }
  if (!Object.values(faults).some((fault) => fault !== undefined)) faults.goods = sumFault(form)
  if (form.kind === 'metered') {
    faults.meterName = textFault(form.meterName, 60)
    faults.meterPrice = numberFault(form.meterPrice, 1, 999_999)
  }
  faults.every = numberFault(form.every, 1, MOST_EVERY[form.unit])
  faults.generateDays = numberFault(form.generateDays, 0, 60)
  faults.chargeDays = numberFault(form.chargeDays, 0, 30)
  if (!faults.generateDays && !faults.chargeDays && (readYen(form.chargeDays) ?? 0) > (readYen(form.generateDays) ?? 0))
    faults.chargeDays = { name: 'lead_wrong' }
  faults.retryDays = retryFault(form, faults.every === undefined)
  if (form.onFailure === 'fallback' && form.fallbackMethod === methodOf(form.kind))
    faults.fallbackMethod = { name: 'fallback_same' }
  if (needsCard(form) && (form.checkedCard === null || form.checkedCard !== form.cardOrder.trim()))
    faults.cardOrder = { name: 'card_missing' }
  return clean(faults)
}

function sumFault({ kind, lines }: TermsForm): Fault | undefined {
  const sum = sumOf(lines)
  const least = kind === 'metered' ? 0 : methodOf(kind) === 'card' ? CARD_MIN_YEN : 1
  return sum < least || sum > MOST_YEN ? { name: 'sum_wrong', values: { least } } : undefined
}

function retryFault(form: TermsForm, isRhythmWhole: boolean): Fault | undefined {
  const days = readDays(form.retryDays)
  const ascends = days?.every((day, at) => day > (days[at - 1] ?? 0) && day <= 60) ?? false
  if (days === undefined || !ascends || days.length > 5) return { name: 'retry_wrong' }
  if (!isRhythmWhole) return undefined
  const rhythm: Rhythm = { unit: form.unit, every: readYen(form.every) ?? 1, day: null, roll: form.roll }
  const most = shortestCycle(rhythm) - 1
  return (days.at(-1) ?? 0) > most ? { name: 'retry_long', values: { most } } : undefined
}

/** By the rules of the order that each cycle makes, in NP's full-width characters. */
function personFaults(side: 'customer' | 'delivery', person: PersonText): Faults {
  const long = (text: string, most: number): Fault | undefined =>
    fullWidthLength(text.trim()) > most ? { name: 'text_long', values: { most } } : undefined
  const needed = (text: string): Fault | undefined => (text.trim() === '' ? { name: 'required' } : undefined)
  return {
    [`${side}.name`]: needed(person.name) ?? long(person.name, FULL_WIDTH_MAX.name),
    [`${side}.kana`]: long(person.kana, FULL_WIDTH_MAX.nameKana),
    [`${side}.company`]: long(person.company, FULL_WIDTH_MAX.companyName),
    [`${side}.department`]: long(person.department, FULL_WIDTH_MAX.departmentName),
    [`${side}.address`]: needed(person.address) ?? long(person.address, FULL_WIDTH_MAX.address),
    [`${side}.zip`]:
      needed(person.zip) ?? (/^\d{3}-?\d{4}$/.test(digitsOf(person.zip)) ? undefined : { name: 'zip_wrong' }),
    [`${side}.phone`]:
      needed(person.phone) ?? (/^[0-9-]{9,14}$/.test(digitsOf(person.phone)) ? undefined : { name: 'phone_wrong' }),
    [`${side}.email`]: /^$|^[A-Za-z0-9@._+-]{3,100}$/.test(person.email.normalize('NFKC').trim())
      ? undefined
      : { name: 'mail_wrong' },
  }
}

function textFault(text: string, most: number): Fault | undefined {
  if (text.trim() === '') return { name: 'required' }
  return text.trim().length > most ? { name: 'text_long', values: { most } } : undefined
}

function numberFault(text: string, least: number, most: number): Fault | undefined {
  const number = readYen(text)
  const fits = number !== undefined && number >= least && number <= most
  return fits ? undefined : { name: 'number_wrong', values: { least, most } }
}

function clean(faults: Record<string, Fault | undefined>): Faults {
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== undefined))
}

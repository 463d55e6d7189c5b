/** A plausible life of a payment as its provider would tell it; every status is reached by some. */
import { addDays, type BusinessDate, dayOf, endOfMonth } from '@choba/shared/dates.ts'
import { taxIncludedPart, yen } from '@choba/shared/money.ts'
import type { DatedNews, ProviderNews } from '../domain/payment/news.ts'
import type { Random } from './random.ts'

export type Life = {
  readonly method: string
  readonly amountYen: number
  readonly orderedAt: Date
  readonly key: string
}

export function playHistory(random: Random, life: Life): DatedNews[] {
  const teller = new Teller(random, life)
  if (random.chance(4)) return []
  if (life.method === 'card') tellCard(teller)
  else if (life.method === 'convenience_store') tellConvenienceStore(teller)
  else tellNpPostpaid(teller)
  return teller.told
}

class Teller {
  readonly random: Random
  readonly life: Life
  readonly told: DatedNews[] = []
  #now: number

  constructor(random: Random, life: Life) {
    this.random = random
    this.life = life
    this.#now = life.orderedAt.getTime()
  }

  /** Time passes, and sometimes the story ends before its next line. */
  goesOn(percent: number, hours: number): boolean {
    this.#now += (1 + this.random.below(hours)) * 3_600_000
    return this.random.chance(percent)
  }

  get today(): BusinessDate {
    return dayOf(new Date(this.#now))
  }

  say(news: ProviderNews): void {
    this.told.push({ at: new Date(this.#now).toISOString(), news })
  }

  settle(grossYen: number): void {
    if (!this.goesOn(80, 100)) return
    const closingOn = endOfMonth(this.today)
    const payOn = endOfMonth(addDays(closingOn, 1))
    const feeYen = yen(Math.floor(grossYen / 20))
    const fees = [
      { kind: 'rate', taxClass: 'taxable10', amountYen: feeYen, taxYen: taxIncludedPart(feeYen, 1000) },
    ] as const
    const statementNumber = `${this.life.method}-${closingOn}`
    this.#now = Date.parse(`${closingOn}T14:00:00Z`)
    this.say({
      kind: 'statement_line',
      statementNumber,
      line: Number(this.life.key) + 1,
      closingOn,
      payOn,
      grossYen: yen(grossYen),
      fees,
    })
    if (!this.random.chance(70)) return
    this.#now = Date.parse(`${payOn}T02:00:00Z`)
    this.say({ kind: 'statement_paid', statementNumber, paidOn: payOn })
  }
}

function tellCard(teller: Teller): void {
  const { random, life } = teller
  if (random.chance(6)) return teller.say({ kind: 'refused', codes: ['10122001'] })
  if (!teller.goesOn(97, 1)) return
  teller.say({
    kind: 'authorized',
    providerId: `7${life.key.padStart(13, '0')}`,
    transactionId: `t${life.key}`,
    brand: random.pick(['VISA', 'JCB']),
  })
  if (random.chance(6)) return teller.say({ kind: 'cancelled', by: 'merchant' })
  if (!teller.goesOn(85, 72)) return
  const captured = random.chance(15) ? Math.ceil(life.amountYen / 2) : life.amountYen
  teller.say({ kind: 'captured', amountYen: yen(captured) })
  if (random.chance(12) && teller.goesOn(100, 48)) {
    teller.say({ kind: 'refunded', totalYen: yen(random.chance(50) ? captured : Math.floor(captured / 3)) })
  }
  teller.settle(captured)
}

function tellConvenienceStore(teller: Teller): void {
  const { random, life } = teller
  if (random.chance(4)) return teller.say({ kind: 'refused', codes: ['70122001'] })
  if (!teller.goesOn(97, 1)) return
  const payBy = addDays(teller.today, 5)
  const numbers = [`${random.below(900_000) + 100_000}${life.key.padStart(6, '0')}`]
  teller.say({
    kind: 'slip_issued',
    providerId: `8${life.key.padStart(13, '0')}`,
    transactionId: null,
    store: random.pick(['seven_eleven', 'lawson']),
    numbers,
    payBy,
  })
  if (random.chance(5)) return teller.say({ kind: 'cancelled', by: 'merchant' })
  if (random.chance(8) && teller.goesOn(100, 200)) return teller.say({ kind: 'slip_expired' })
  if (!teller.goesOn(85, 72)) return
  const deposited = life.amountYen + (random.chance(5) ? 300 : 0)
  teller.say({ kind: 'deposit', certainty: 'preliminary', totalYen: yen(deposited) })
  if (!teller.goesOn(90, 48)) return
  teller.say({ kind: 'deposit', certainty: 'definite', totalYen: yen(deposited) })
  teller.settle(deposited)
}

function tellNpPostpaid(teller: Teller): void {
  const { random, life } = teller
  if (random.chance(4)) return teller.say({ kind: 'refused', codes: ['E0100115'] })
  const providerId = `1${life.key.padStart(10, '0')}`
  if (random.chance(20) && teller.goesOn(100, 2)) {
    const result = random.pick(['on_hold', 'in_review', 'rejected'] as const)
    teller.say({
      kind: 'screening',
      providerId,
      result,
      reasons: result === 'on_hold' ? ['RE009'] : result === 'rejected' ? ['NG999'] : [],
    })
    if (random.chance(70)) return
  }
  if (!teller.goesOn(96, 5)) return
  teller.say({ kind: 'screening', providerId, result: 'approved', reasons: [] })
  if (random.chance(5)) return teller.say({ kind: 'cancelled', by: 'merchant' })
  const active = {
    kind: 'np_status',
    state: 'active',
    invoice: null,
    reminders: null,
    paid: null,
    arrivalOn: null,
  } as const
  if (random.chance(4) && teller.goesOn(100, 24)) return teller.say({ ...active, state: 'expired' })
  if (!teller.goesOn(88, 72)) return
  teller.say({ kind: 'shipment_accepted', carrierCode: '59010', slipNumber: `4${life.key.padStart(11, '0')}` })
  if (random.chance(6) && teller.goesOn(100, 40)) {
    // A smaller amount after shipment, sometimes left in the middle.
    const toYen = yen(Math.max(1, Math.floor(life.amountYen * 0.8)))
    teller.say({ kind: 'claim_withdrawn', providerId, toYen })
    if (random.chance(40)) return
    teller.say({ kind: 'registered_again', providerId: `2${life.key.padStart(10, '0')}`, toYen })
    return
  }
  if (!teller.goesOn(95, 30)) return
  const invoice = {
    issuedOn: teller.today,
    dueOn: addDays(teller.today, 14),
    inquiryNumber: `akt${life.key.padStart(8, '0')}`,
    reissue: 0,
  }
  teller.say({ ...active, invoice })
  if (random.chance(5) && teller.goesOn(100, 24)) return teller.say({ kind: 'cancelled', by: 'merchant' })
  if (!teller.goesOn(85, 90)) return
  teller.say({ ...active, invoice, arrivalOn: teller.today })
  if (random.chance(60) && teller.goesOn(100, 300)) {
    teller.say({
      ...active,
      invoice,
      arrivalOn: teller.today,
      paid: { on: teller.today, place: 'convenience_store', store: 'lawson' },
    })
  }
  teller.settle(life.amountYen)
}

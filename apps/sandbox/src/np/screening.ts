/** How the pretend screening decides. The rules are this sandbox's own; only their codes are NP's. */
import { holdReason } from '@choba/wire/np/hold-reasons.ts'
import type { NpAddressee, NpScreeningOutcome, NpTransaction } from '@choba/wire/np/messages.ts'
import type { NpAccount } from '../accounts.ts'
import { chance, pick } from '../random.ts'
import { exceedsLimit } from './credit.ts'
import { seedOf, type HeldFor, type NpBook, type NpRecord } from './record.ts'
import { steeringOf } from './steering.ts'

export type Verdict = { readonly outcome: NpScreeningOutcome; readonly heldFor?: readonly HeldFor[] }

const HOLD_SHARE = 0.02
const REJECT_SHARE = 0.012
/** Two reasons at once are rare but happen. */
const SECOND_REASON_SHARE = 0.15

/** The result of this attempt; what was held before and not corrected since stays held. */
export function judge(book: NpBook, account: NpAccount, record: NpRecord): Verdict {
  const { transaction } = record
  const steered = steeringOf(transaction).screening
  if (steered?.result === 'approved') return { outcome: { result: 'approved' } }
  if (steered?.result === 'rejected') return { outcome: { result: 'rejected', ngReason: steered.code } }
  const reasons = new Set([...faultsOf(transaction), ...uncorrected(record)])
  if (steered?.result === 'on_hold' && (steered.stays || record.screening.heldFor === undefined))
    for (const code of steered.codes) reasons.add(code)
  if (reasons.size === 0 && exceedsLimit(book, account, record))
    return { outcome: { result: 'rejected', ngReason: 'NG001' } }
  if (
    reasons.size === 0 &&
    steered === undefined &&
    account.settings.seededOutcomes &&
    record.screening.heldFor === undefined
  ) {
    const drawn = drawFor(record)
    if (typeof drawn === 'string') return { outcome: { result: 'rejected', ngReason: drawn } }
    for (const code of drawn) reasons.add(code)
  }
  // An empty list stays behind: the next attempt then knows that the first one is over.
  const heldFor = [...reasons].map((code) => ({ code, seen: seen(code, transaction) }))
  if (heldFor.length === 0) return { outcome: { result: 'approved' }, heldFor }
  return { outcome: { result: 'on_hold', holdReasons: heldFor.map((held) => held.code) }, heldFor }
}

/** Faults that can be seen in the data themselves. */
export function faultsOf(transaction: NpTransaction): string[] {
  const codes = addresseeFaults(transaction.customer, ['RE009', 'RE014', 'RE021'])
  if (transaction.destination) codes.push(...addresseeFaults(transaction.destination, ['RE015', 'RE020', 'RE023']))
  if (isRefusedSale(transaction)) codes.push('RE026')
  return codes
}

function addresseeFaults(
  person: NpAddressee,
  [incomplete, temporary, phone]: readonly [string, string, string],
): string[] {
  const codes: string[] = []
  const address = person.address.normalize('NFKC')
  // 条 and 丁目 aside, an address ends in house numbers.
  if (!/\d|[一二三四五六七八九十]番/.test(address)) codes.push(incomplete)
  if (/ホテル|旅館|郵便局|局留|営業所(?:止|受取)|コンビニ受取/.test(`${address}${person.companyName ?? ''}`))
    codes.push(temporary)
  if (/(\d)\1{6}$/.test(person.tel.replaceAll('-', ''))) codes.push(phone)
  return codes
}

function isRefusedSale(transaction: NpTransaction): boolean {
  const names = transaction.goods.map((line) => line.name)
  const onlyCharges = names.every((name) => /^(送料|配送料|手数料|決済手数料|調整金額)$/.test(name))
  const prohibited = names.some((name) => /チケット|ダウンロード版|受講料|商品券|生体/.test(name))
  return (
    onlyCharges ||
    prohibited ||
    names.some((name) => name.includes('テスト注文')) ||
    /私書箱/.test(transaction.customer.address)
  )
}

function uncorrected(record: NpRecord): string[] {
  return (record.screening.heldFor ?? [])
    .filter((held) => seen(held.code, record.transaction) === held.seen)
    .map((held) => held.code)
}

/** What the fields a reason speaks of say now; a reason without fields is about the goods and the amount. */
function seen(code: string, transaction: NpTransaction): string {
  const { fields } = holdReason(code)
  if (fields.length === 0) return JSON.stringify([transaction.goods, transaction.billedAmountYen])
  const person = fields.some((field) => field.startsWith('dest_'))
    ? (transaction.destination ?? transaction.customer)
    : transaction.customer
  return JSON.stringify(
    fields.map((field) =>
      field.endsWith('tel') ? person.tel : field.endsWith('address') ? person.address : (person.companyName ?? ''),
    ),
  )
}

/** An NG code, or hold codes, or nothing: drawn from the sale's own ids. */
function drawFor(record: NpRecord): string | string[] {
  const seed = seedOf(record)
  const draw = chance('np.screening', seed)
  if (draw < REJECT_SHARE) return pick(['NG002', 'NG999', 'NG999'], 'np.ng', seed)
  if (draw > REJECT_SHARE + HOLD_SHARE) return []
  const buyer = ['RE009', 'RE009', 'RE009', 'RE014', 'RE021', 'RE026']
  const pool = record.transaction.destination ? [...buyer, 'RE015', 'RE015', 'RE020', 'RE023'] : buyer
  const first = pick(pool, 'np.hold', seed)
  return chance('np.second', seed) < SECOND_REASON_SHARE ? [first, pick(pool, 'np.hold2', seed)] : [first]
}

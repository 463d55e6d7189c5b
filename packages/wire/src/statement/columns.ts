/** The columns of a statement file: found by the names each field is known under, whatever the width of the letters. */

/** In the order in which a file writes them. */
export type Columns<Field extends string> = ReadonlyArray<readonly [Field, string]>
export type Places<Field extends string> = Partial<Record<Field, number>>

export type FieldNames<Field extends string> = {
  readonly fields: readonly Field[]
  /** Every layout in which the file is written. */
  readonly layouts: readonly Columns<Field>[]
  /** Further names seen in other readers of these files. */
  readonly aliases: Partial<Record<Field, readonly string[]>>
}

export const TAX_CLASS_WORDS = {
  taxable10: '課税10%',
  taxable8: '課税8%',
  non_taxable: '非課税',
  out_of_scope: '対象外',
} as const

/** Where each field stands in a header; a mapping speaks before the known names. */
export function placesOf<Field extends string>(
  names: FieldNames<Field>,
  header: readonly string[],
  mapping: Partial<Record<Field, string>> = {},
): Places<Field> {
  const written = header.map(plain)
  const places: Places<Field> = {}
  const taken = new Set<number>()
  for (const field of names.fields) {
    const said = mapping[field]
    const known = said === undefined ? namesOf(names, field) : [said]
    const place = written.findIndex((name, index) => !taken.has(index) && known.some((each) => plain(each) === name))
    if (place < 0) continue
    places[field] = place
    taken.add(place)
  }
  return places
}

function namesOf<Field extends string>({ layouts, aliases }: FieldNames<Field>, field: Field): string[] {
  const written = layouts.flatMap((columns) => columns.filter(([each]) => each === field).map(([, name]) => name))
  return [...written, ...(aliases[field] ?? [])]
}

/** Width and spaces make no other column. */
function plain(name: string): string {
  return name.normalize('NFKC').replace(/\s/g, '')
}

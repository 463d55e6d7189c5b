/** A list's columns with their headers and the words of their codes. */
import { sql } from 'kysely'
import type { ColumnKind } from '@choba/shared/columns/column.ts'
import { type Language, labels } from '@choba/shared/labels/labels.ts'
import type { LabelGroup } from '@choba/shared/labels/types.ts'
import type { ExportColumn } from './csv-sql.ts'
import type { Within } from './list-export.ts'

export type Words = ReadonlyMap<string, string>
type Column<Id extends string> = { readonly id: Id; readonly kind: ColumnKind; readonly labels?: string }

/** `words` come before those of a column's own group of labels. */
export function wordedColumns<Id extends string>(
  columns: ReadonlyArray<Column<Id>>,
  language: Language,
  headers: Readonly<Record<Id, string>>,
  words?: Readonly<Partial<Record<Id, Words>>>,
): ExportColumn[] {
  return columns.map(({ id, kind, labels: group }) => {
    const known = words?.[id] ?? (group === undefined ? undefined : wordsOf(language, group as LabelGroup))
    return { id, kind, header: headers[id], ...(known && { words: known }) }
  })
}

/** Shops by their id, under the names they bear now. */
export async function shopNames({ merchantId, query }: Within): Promise<Words> {
  const shops = await query(
    sql<{ shopId: string; name: string }>`select shop_id, name from shop where merchant_id = ${merchantId}::uuid`,
  )
  return new Map(shops.map(({ shopId, name }) => [shopId, name]))
}

function wordsOf(language: Language, group: LabelGroup): Words {
  return new Map(Object.entries(labels(language)[group] ?? {}))
}

/**
 * Files that carriers' programs write, known by their headers. All are assumed from public descriptions: a program's
 * newer version may name a column differently, and then the columns are chosen by hand and remembered.
 */
import { headerKey, type ImportMapping } from './kinds.ts'
import type { ImportKind } from './names.ts'

export type ImportLayout = {
  readonly id: string
  readonly kind: ImportKind
  readonly assumed: boolean
  /** Field → header; all of them must be there. */
  readonly headers: Readonly<Record<string, readonly string[]>>
  /** Fields that help when their header is there. */
  readonly more?: Readonly<Record<string, readonly string[]>>
  /** NP's code of the carrier whose program writes it. */
  readonly carrierCode?: string
}

export const IMPORT_LAYOUTS: readonly ImportLayout[] = [
  {
    id: 'yamato_b2',
    kind: 'slips',
    assumed: true,
    headers: {
      orderNumber: ['お客様管理番号'],
      slipNumber: ['伝票番号'],
      deliveryMethod: ['送り状種類', '送り状種別'],
    },
    more: { shippedOn: ['出荷予定日'] },
    carrierCode: '59010',
  },
  {
    id: 'sagawa_ehiden',
    kind: 'slips',
    assumed: true,
    headers: {
      orderNumber: ['お客様管理番号', 'お客様管理ナンバー'],
      slipNumber: ['お問い合せ送り状No.', 'お問い合わせ送り状No.', '送り状No.', '送り状番号', 'お問合せ送り状No.'],
    },
    more: { shippedOn: ['出荷日'] },
    carrierCode: '50000',
  },
  {
    id: 'yu_pack',
    kind: 'slips',
    assumed: true,
    headers: {
      orderNumber: ['お客様側管理番号'],
      slipNumber: ['お問い合わせ番号', 'お問合せ番号', '追跡番号'],
    },
    more: { shippedOn: ['発送予定日', '発送日'] },
    carrierCode: '59041',
  },
]

export type KnownLayout = { readonly layout: ImportLayout; readonly mapping: ImportMapping }

/** The first layout whose headers are all there. */
export function findLayout(kind: ImportKind, header: readonly string[]): KnownLayout | undefined {
  const keys = header.map(headerKey)
  for (const layout of IMPORT_LAYOUTS) {
    if (layout.kind !== kind) continue
    const needed = place(layout.headers, keys)
    if (Object.keys(layout.headers).some((field) => needed[field] === undefined)) continue
    // How a parcel travels says nothing more where the program is one carrier's.
    const { deliveryMethod: _, ...mapping } = { ...place(layout.more ?? {}, keys), ...needed }
    return { layout, mapping }
  }
  return undefined
}

function place(
  headers: Readonly<Record<string, readonly string[]>>,
  keys: readonly string[],
): Record<string, number | undefined> & ImportMapping {
  const found: Record<string, number> = {}
  for (const [field, names] of Object.entries(headers)) {
    const at = keys.findIndex((key) => names.some((name) => headerKey(name) === key))
    if (at >= 0) found[field] = at
  }
  return found
}

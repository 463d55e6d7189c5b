/** API requests, both ways. Written in canonical order; read in any order and hashed in the canonical one. */
import { encodeCp932 } from '../cp932.ts'
import { checksumOfBytes, checksumsEqual } from './checksum.ts'
import { findLayout, type FunctionLayout, type Part } from './fields.ts'
import { ENCRYPTED_GROUPS, type Leaf, readLeaf, writeLeaf } from './leaves.ts'
import {
  type SbpsKeys,
  type SbpsMessage,
  type Unreadable,
  unreadable,
  type Unwritable,
  type Values,
  type Written,
} from './message.ts'
import { leafXml, parseXml, REQUEST_DECLARATION, type XmlElement } from './xml.ts'

export type ApiRequest = {
  readonly ok: true
  readonly functionId: string
  readonly layout: FunctionLayout
  readonly values: Values
  readonly rows: readonly Values[]
  readonly encrypted: boolean
  readonly checksumHolds: boolean
}

/**
 * Leaves that are undefined are left out, empty ones are written as an empty pair. `encrypted_flg` decides whether the
 * pay_method_info group is encrypted; `sps_hashcode` is computed.
 */
export function encodeApiRequest(functionId: string, message: SbpsMessage, keys: SbpsKeys): Written | Unwritable {
  const layout = findLayout(functionId)
  if (!layout) return { ok: false, reason: 'function' }
  const hashed: Uint8Array[] = []
  let body = ''
  for (const part of layout.parts) {
    const written = writePart(part, message, keys, hashed)
    if (typeof written !== 'string') return written
    body += written
  }
  const checksum = checksumOfBytes(hashed, keys.hashKey)
  const xml = `${REQUEST_DECLARATION}\n<sps-api-request id="${functionId}">${body}<sps_hashcode>${checksum}</sps_hashcode></sps-api-request>`
  return { ok: true, bytes: encodeCp932(xml).bytes }
}

function writePart(part: Part, message: SbpsMessage, keys: SbpsKeys, hashed: Uint8Array[]): string | Unwritable {
  if (part.kind === 'rows') {
    let rows = ''
    for (const row of message.rows ?? []) {
      const written = writeSlots(part, row, undefined, hashed)
      if (typeof written !== 'string') return written
      rows += `<dtl>${written}</dtl>`
    }
    return rows === '' ? '' : `<dtls>${rows}</dtls>`
  }
  const encrypted = part.kind === 'group' && ENCRYPTED_GROUPS.has(part.group) && message.values['encrypted_flg'] === '1'
  const written = writeSlots(part, message.values, encrypted ? keys : undefined, hashed)
  if (typeof written !== 'string' || part.kind === 'fields' || written === '') return written
  return `<${part.group}>${written}</${part.group}>`
}

function writeSlots(part: Part, values: Values, keys: SbpsKeys | undefined, hashed: Uint8Array[]): string | Unwritable {
  let xml = ''
  for (const { tag } of part.slots) {
    const text = values[tag]
    if (text === undefined || tag === 'sps_hashcode') continue
    const leaf = writeLeaf(tag, text, keys)
    if (!leaf.ok) return leaf
    hashed.push(leaf.bytes)
    xml += leaf.wire === '' ? `<${tag}></${tag}>` : leafXml(tag, leaf.wire)
  }
  return xml
}

/** The function id, read without any key: it decides how an unreadable request is refused. */
export function decodeApiRequest(bytes: Uint8Array, keys: SbpsKeys): ApiRequest | Unreadable {
  const root = parseXml(bytes)
  if (typeof root === 'string') return unreadable(root)
  if (root.tag !== 'sps-api-request') return unreadable('root')
  const layout = findLayout(root.id ?? '')
  if (!layout) return unreadable('function')
  const flag = root.children.find((child) => child.tag === 'encrypted_flg')
  const encrypted = flag?.text.trim() === '1'
  const leaves = new Map<string, Leaf>()
  const rows: Map<string, Leaf>[] = []
  const fault = collect(root, encrypted ? keys : undefined, leaves, rows)
  if (fault) return fault
  return {
    ok: true,
    functionId: layout.id,
    layout,
    values: textsOf(leaves),
    rows: rows.map(textsOf),
    encrypted,
    checksumHolds: checksumHolds(layout, leaves, rows, keys.hashKey),
  }
}

/** Elements that hold others; clients write them empty too. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'dtls',
  'dtl',
  'pay_method_info',
  'pay_option_manage',
  'monthly_charge',
])

function collect(
  parent: XmlElement,
  keys: SbpsKeys | undefined,
  leaves: Map<string, Leaf>,
  rows: Map<string, Leaf>[],
): Unreadable | undefined {
  for (const child of parent.children) {
    if (CONTAINERS.has(child.tag) || child.children.length > 0) {
      const isRow = child.tag === 'dtl'
      const target = isRow ? new Map<string, Leaf>() : leaves
      if (isRow) rows.push(target)
      const fault = collect(child, keys, target, rows)
      if (fault) return fault
      continue
    }
    if (leaves.has(child.tag)) return unreadable('duplicate', child.tag)
    const leaf = readLeaf(child, ENCRYPTED_GROUPS.has(parent.tag) ? keys : undefined)
    if (!('bytes' in leaf)) return leaf
    leaves.set(child.tag, leaf)
  }
  return undefined
}

function checksumHolds(
  layout: FunctionLayout,
  leaves: ReadonlyMap<string, Leaf>,
  rows: readonly ReadonlyMap<string, Leaf>[],
  hashKey: string,
): boolean {
  const hashed: Uint8Array[] = []
  for (const part of layout.parts) {
    for (const source of part.kind === 'rows' ? rows : [leaves]) {
      for (const { tag } of part.slots) {
        const leaf = source.get(tag)
        if (leaf && tag !== 'sps_hashcode') hashed.push(leaf.bytes)
      }
    }
  }
  return checksumsEqual(checksumOfBytes(hashed, hashKey), leaves.get('sps_hashcode')?.text ?? '')
}

/** Without a prototype, so that a tag named like an inherited property is only a tag. */
function textsOf(leaves: ReadonlyMap<string, Leaf>): Values {
  const texts = Object.create(null) as Record<string, string>
  for (const [tag, leaf] of leaves) texts[tag] = leaf.text
  return texts
}

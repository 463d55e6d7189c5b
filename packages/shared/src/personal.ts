/**
 * Personal data of customers: which fields of an answer hold it, and what stands in its place for whoever may not see it.
 * A contract marks a field once; the BFF's door masks it in every answer (ADR 0039).
 */
import type * as z from 'zod/mini'

/** `tree`: anything, whose fields are judged by their names. `search`: the address of a list, of which the words searched for may name somebody. */
export type PersonalKind = 'name' | 'phone' | 'email' | 'zip' | 'address' | 'text' | 'search' | 'tree'

/** Stands for what is not shown. No order and no correction takes it: what was masked is never written back. */
export const MASK = '＊＊＊'

const KINDS = new WeakMap<object, PersonalKind>()

/** Marks a field of a response as personal. The mark alone keeps no contract in the console's first script. */
/* @__NO_SIDE_EFFECTS__ */
export function personal<S extends z.ZodMiniType>(kind: PersonalKind, schema: S): S {
  KINDS.set(schema, kind)
  return schema
}

export function isMasked(text: string): boolean {
  return text.includes(MASK)
}

const PREFECTURE = /^(?:東京都|北海道|(?:京都|大阪)府|.{2,3}県)/

/**
 * What is left tells rows apart and identifies nobody: the first character of a name, the last four digits of a telephone
 * number, the district of a postal code, the prefecture of an address. Nothing stays nothing.
 */
export function maskText(kind: Exclude<PersonalKind, 'tree'>, text: string): string {
  if (text === '') return ''
  switch (kind) {
    case 'name':
      return `${[...text][0] ?? ''}${MASK}`
    case 'phone':
      return `${MASK}${lastDigits(text)}`
    case 'zip':
      return `${text.slice(0, 3)}-${MASK}`
    case 'address':
      return `${PREFECTURE.exec(text)?.[0] ?? ''}${MASK}`
    case 'search':
      return maskSearch(text)
    case 'email':
    case 'text':
      return MASK
  }
}

/** Letters with digits, as order numbers and providers' ids have them. Digits alone may be a telephone number. */
const CODE = /^(?=.*\d)(?=.*[A-Za-z])[\w.-]+$/

/** Conditions stay: they name nobody. */
function maskSearch(search: string): string {
  const query = new URLSearchParams(search)
  const words = query.get('q') ?? ''
  if (words === '' || CODE.test(words)) return search
  query.set('q', MASK)
  return query.toString()
}

/** Of a number with fewer than eight digits nothing: its last four would be most of it. */
function lastDigits(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  return digits.length < 8 ? '' : digits.slice(-4)
}

/** Fields of what has no shape of its own: order sheets, imported rows, what the audit log compares. */
const FIELD_KINDS: ReadonlyArray<readonly [RegExp, Exclude<PersonalKind, 'tree'>]> = [
  [/phone|^tel|tel$/i, 'phone'],
  [/mail/i, 'email'],
  [/zip|postal/i, 'zip'],
  [/address/i, 'address'],
  [/company|department/i, 'text'],
  // Free words: what a colleague wrote, what a file says line by line.
  [/^(body|cells)$/, 'text'],
  // What somebody searched for.
  [/^q$/, 'text'],
  [/kana$|^name$|(customer|delivery|buyer|holder|recipient)_?name$|accountHolder/i, 'name'],
]

/** A tree with every field masked whose name says that it is personal. Other fields stay as they are. */
export function maskTree(value: unknown): unknown {
  return maskBranch(value, undefined)
}

function maskBranch(value: unknown, kind: Exclude<PersonalKind, 'tree'> | undefined): unknown {
  if (typeof value === 'string') return kind === undefined ? value : maskText(kind, value)
  if (Array.isArray(value)) return value.map((item) => maskBranch(item, kind))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([field, held]) => [field, maskBranch(held, kindOf(field))]))
}

function kindOf(field: string): Exclude<PersonalKind, 'tree'> | undefined {
  return FIELD_KINDS.find(([pattern]) => pattern.test(field))?.[1]
}

/** What a response says, with the fields its schema marks masked. Expects what the schema has parsed. */
export function maskResponse(schema: z.ZodMiniType, value: unknown): unknown {
  return maskBy(schema as unknown as Shape, value)
}

/** A field that every list calls by one of these names is a customer's. */
const ALWAYS_PERSONAL = /^(customerName|customerKana|deliveryName|accountHolder|kana|phone)$/

/** Fields of a response that are personal by their name and are not marked: a contract has none. */
export function unmarkedFields(schema: z.ZodMiniType): string[] {
  return unmarkedIn(schema as unknown as Shape)
}

function unmarkedIn(schema: Shape): string[] {
  if (KINDS.has(schema)) return []
  const { shape, element, innerType, valueType, options, out } = schema._zod.def
  const inner = [innerType, out, element, valueType, ...(options ?? [])].filter((each) => each !== undefined)
  const fields = Object.entries(shape ?? {})
  return [
    ...inner.flatMap(unmarkedIn),
    ...fields.flatMap(([name, field]) => (ALWAYS_PERSONAL.test(name) && !isMarked(field) ? [name] : unmarkedIn(field))),
  ]
}

function isMarked(schema: Shape): boolean {
  const { innerType, out } = schema._zod.def
  const inner = innerType ?? out
  return KINDS.has(schema) || (inner !== undefined && isMarked(inner))
}

/** The parts of a schema that are walked. */
type Shape = {
  readonly safeParse: (value: unknown) => { readonly success: boolean }
  readonly _zod: {
    readonly def: {
      readonly type: string
      readonly shape?: Readonly<Record<string, Shape>>
      readonly element?: Shape
      readonly innerType?: Shape
      readonly valueType?: Shape
      readonly options?: readonly Shape[]
      readonly out?: Shape
    }
  }
}

function maskBy(schema: Shape, value: unknown): unknown {
  if (value === null || value === undefined) return value
  const kind = KINDS.get(schema)
  if (kind === 'tree') return maskTree(value)
  if (kind !== undefined) return maskBranch(value, kind)
  const { shape, element, innerType, valueType, options, out } = schema._zod.def
  const inner = innerType ?? out
  if (inner) return maskBy(inner, value)
  if (options) {
    const fitting = options.find((option) => option.safeParse(value).success)
    return fitting ? maskBy(fitting, value) : value
  }
  if (element && Array.isArray(value)) return value.map((item) => maskBy(element, item))
  if (typeof value !== 'object') return value
  if (shape) return masked(value, (field) => shape[field])
  return valueType ? masked(value, () => valueType) : value
}

function masked(value: object, schemaOf: (field: string) => Shape | undefined): object {
  return Object.fromEntries(
    Object.entries(value).map(([field, held]) => {
      const schema = schemaOf(field)
      return [field, schema ? maskBy(schema, held) : held]
    }),
  )
}

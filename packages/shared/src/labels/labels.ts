/** Finds the word for a code, in either language. Codes a provider may add later are shown as they are. */
import { npReason } from '../states/np-reasons.ts'
import type { Labels, LabelGroup } from './types.ts'

export const LANGUAGES = ['ja', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** Filled by `all.ts`, or one language at a time: a browser need not load what it does not show. */
const BY_LANGUAGE: Record<Language, Labels> = { ja: {} as Labels, en: {} as Labels }

type SomeWords = { readonly [Group in LabelGroup]?: Partial<Labels[Group]> }

/** A group stands in the place of what was added of it before; what is asked for before its group is shown as its key. */
export function addWords(language: Language, words: SomeWords): void {
  Object.assign(BY_LANGUAGE[language], words)
}

export function labels(language: Language): Labels {
  return BY_LANGUAGE[language]
}

/** The word for a key of a group, or the key itself when nobody has named it yet. */
export function label(language: Language, group: string, key: string): string {
  const words: Readonly<Record<string, string>> | undefined = BY_LANGUAGE[language][group as LabelGroup]
  if (words !== undefined && Object.hasOwn(words, key)) return words[key] ?? key
  if (group === 'reason') return npFieldCode(language, key) ?? providerCode(language, key) ?? key
  if (group === 'reason_advice') return npAdvice(language, key) ?? key
  return key
}

/** A value, and in English what is counted with it: `{rows}`, `{rows|row|rows}`. */
const PLACE = /\{(\w+)(?:\|([^|{}]+)\|([^|{}]+))?\}/g

/** Puts values into the places of a label. What is counted follows its number: `1 row`, `2 rows`. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(PLACE, (place, name: string, one?: string, many?: string) => {
    const value = values[name]
    if (value === undefined) return place
    return many === undefined ? String(value) : `${value} ${String(value) === '1' ? one : many}`
  })
}

/** NP's code for one fault of one field of a person: `ご購入者のお名前が長すぎます`. */
function npFieldCode(language: Language, code: string): string | undefined {
  const { fields, problem } = npReason(code)
  const [first] = fields
  if (problem === null || first === undefined) return undefined
  return fill(BY_LANGUAGE[language].np_problem[problem], { field: fieldWord(language, first) })
}

/** Nothing for codes that are not NP's. */
function npAdvice(language: Language, code: string): string | undefined {
  const { fields, remedy } = npReason(code)
  if (!/^(RE|NG|E0|EPRO|ESBX)/.test(code)) return undefined
  const [first] = fields
  return fill(BY_LANGUAGE[language].remedy[remedy], first === undefined ? {} : { field: fieldWord(language, first) })
}

/** `customer.zip` as a clerk would say it. */
function fieldWord(language: Language, path: string): string {
  const words: Labels = BY_LANGUAGE[language]
  const [side = '', field] = path.split('.')
  const names: Readonly<Record<string, string>> = words.check_field
  if (field === undefined) return names[side] ?? side
  const sides: Readonly<Record<string, string>> = words.check_side
  return fill(sides[side] ?? '{field}', { field: names[field] ?? field })
}

/** SBPS codes are method (3), type (2) and item (3): the type says what went wrong, in the method's own words first. */
function providerCode(language: Language, code: string): string | undefined {
  const match = /^(\d{3})([0-9A-Z]\d)\d{3}$/.exec(code)
  if (match === null) return undefined
  const [method, type] = [match[1] ?? '', match[2] ?? '']
  const words = BY_LANGUAGE[language]
  const own: Readonly<Record<string, string>> =
    method === '101' ? words.sbps_card_type : method === '701' ? words.sbps_convenience_store_type : {}
  const common: Readonly<Record<string, string>> = words.sbps_type
  return own[type] ?? common[type]
}

/** What a provider message is about. An SBPS answer carries its function id, which is kept as it is. */
export function messageKindLabel(language: Language, kind: string): string {
  const [, answer, functionId] = /^(sbps_answer)_(.+)$/.exec(kind) ?? []
  if (answer && functionId) return `${label(language, 'message_kind', answer)} ${functionId}`
  return label(language, 'message_kind', kind)
}

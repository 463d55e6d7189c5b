/** The search box: what was typed decides by its shape which columns are asked, always as one predicate. */
import { type RawBuilder, sql } from 'kysely'
import { maySearchPhone, readsPersonalData } from '../core/personal-sight.ts'

export type Search = {
  /** True for every row that is found. Cheap to test on a row at hand. */
  readonly predicate: RawBuilder<boolean>
  /** The same rows, found through the search indexes. */
  indexed(merchantId: string): RawBuilder<boolean>
  /** How many of the newest rows are looked at before an index is asked: a common term fills a page from those. */
  readonly newest: number
}

/** Comparing a few prefixes costs less than looking into a name. */
const NEWEST_FOR_NUMBERS = 500
const NEWEST_FOR_TEXT = 4000

const NUMBER = /^[¥￥]?[+\d][\d,\-() ]*円?$/
const CODE = /^[\x21-\x7e]+$/
const LATIN_NAME = /^[a-z][a-z.' -]*$/i

/** What to look for: LIKE patterns, but for the amount and the pair of characters. */
type Terms = {
  /** Order number, provider id or slip number begin with it. */
  readonly codes: readonly string[]
  /** NP's inquiry number begins with it. */
  readonly inquiry: string | null
  readonly phone: string | null
  readonly amountYen: number | null
  /** In the name or the kana, as `nkey` folds them. */
  readonly names: readonly string[]
  /** Two characters in the name or the kana: too short for trigrams. */
  readonly pair: string | null
}

const NO_TERMS: Terms = { codes: [], inquiry: null, phone: null, amountYen: null, names: [], pair: null }

/**
 * Undefined when nothing was typed. Whoever may not read names finds nobody by a name, and by a telephone number only by the
 * whole of it: letter by letter a search would tell what is masked.
 */
export function parseSearch(typed: string | undefined): Search | undefined {
  const text = (typed ?? '').normalize('NFKC').trim()
  if (text === '') return undefined
  if (NUMBER.test(text)) return search(numberTerms(text), NEWEST_FOR_NUMBERS)
  if (LATIN_NAME.test(text) && readsPersonalData())
    return search({ ...codeTerms(text), ...nameTerms(text) }, NEWEST_FOR_TEXT)
  if (CODE.test(text)) return search(codeTerms(text), NEWEST_FOR_NUMBERS)
  if (!readsPersonalData()) return search(codeTerms(text), NEWEST_FOR_NUMBERS)
  return search({ ...NO_TERMS, ...nameTerms(text) }, NEWEST_FOR_TEXT)
}

/** As typed or in capitals; inquiry numbers are written in small letters (akt…). */
function codeTerms(text: string): Terms {
  const inquiry = /[a-z]/i.test(text) ? startsWith(text.toLowerCase()) : null
  return { ...NO_TERMS, codes: [...new Set([text, text.toUpperCase()])].map(startsWith), inquiry }
}

/** An amount to the yen, a telephone number from its start, a slip number without its hyphens. */
function numberTerms(text: string): Terms {
  const digits = text.replace(/[^\d]/g, '')
  const codes = [...new Set([text, ...(digits === '' ? [] : [digits])])].map(startsWith)
  if (digits === '') return { ...NO_TERMS, codes }
  const amountYen = !/[-()+]/.test(text) && digits.length <= 12 ? Number(digits) : null
  const phone = text.startsWith('+81') ? `0${digits.slice(2)}` : digits
  return { ...NO_TERMS, codes, amountYen, phone: phoneTerm(phone) }
}

/** From its start, or the whole of it alone. */
function phoneTerm(digits: string): string | null {
  if (!maySearchPhone(digits)) return null
  return readsPersonalData() ? startsWith(digits) : digits
}

/** Three characters and more have trigrams; two have the bigram index; one must begin the name or the kana. */
function nameTerms(text: string): Pick<Terms, 'names' | 'pair'> {
  const key = text.replace(/\s/g, '')
  const pattern = escapeLike(key)
  const length = [...key].length
  if (length === 1) return { names: [`${pattern}%`, `% ${pattern}%`], pair: null }
  return length === 2 ? { names: [], pair: key } : { names: [`%${pattern}%`], pair: null }
}

function search(terms: Terms, newest: number): Search {
  return { predicate: predicateOf(terms), indexed: (merchantId) => indexedOf(merchantId, terms), newest }
}

const INQUIRY_NUMBER = sql`jsonb_extract_path_text(state, 'facts', 'invoice', 'inquiryNumber')`

function predicateOf({ codes, inquiry, phone, amountYen, names, pair }: Terms): RawBuilder<boolean> {
  const arms = [
    ...[sql`order_number`, sql`provider_id`, sql`slip_number`].flatMap((column) =>
      codes.map((code) => sql`${column} like ${code}`),
    ),
    ...(inquiry === null ? [] : [sql`${INQUIRY_NUMBER} like ${inquiry}`]),
    ...(phone === null ? [] : [sql`phone_digits like ${phone}`]),
    ...(amountYen === null ? [] : [sql`amount_yen = ${amountYen}`]),
    ...[...names, ...(pair === null ? [] : [`%${escapeLike(pair)}%`])].map(
      (name) => sql`name_key like ${folded(name)}`,
    ),
  ]
  return sql<boolean>`(${sql.join(arms, sql` or `)})`
}

/** See the migration of `search_payments`: a scoped query cannot use these indexes by itself. */
function indexedOf(merchantId: string, { codes, inquiry, phone, amountYen, names, pair }: Terms): RawBuilder<boolean> {
  const folds = sql`array[${sql.join(names.map(folded))}]::text[]`
  return sql<boolean>`payment_id = any(array(select search_payments(${merchantId}::uuid, ${[...codes]}::text[], ${inquiry}::text, ${phone}::text, ${amountYen}::bigint, ${folds}, ${pair === null ? sql`null` : sql`nkey(${pair})`})))`
}

/** The spaces of `% x%` part the name from the kana; nkey would take them away. */
function folded(pattern: string): RawBuilder<unknown> {
  const [, start = '', rest = ''] = /^(% |%?)(.*)$/s.exec(pattern) ?? []
  return sql`${start}::text || nkey(${rest})`
}

function startsWith(prefix: string): string {
  return `${escapeLike(prefix)}%`
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`)
}

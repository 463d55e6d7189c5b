/** The search box: what was typed decides by its shape which columns are asked, always as one predicate. */
import { type RawBuilder, sql } from 'kysely'

export type Search = {
  /** True for every row that is found. Cheap to test on a row at hand. */
  readonly predicate: RawBuilder<boolean>
  /** The same rows, said so that an index can find them. */
  readonly indexed: RawBuilder<boolean>
  /** How many of the newest rows are looked at before an index is asked: a common term fills a page from those. */
  readonly newest: number
}

/** Comparing a few prefixes costs less than looking into a name. */
const NEWEST_FOR_NUMBERS = 500
const NEWEST_FOR_TEXT = 4000

const NUMBER = /^[¥￥]?[+\d][\d,\-() ]*円?$/
const CODE = /^[\x21-\x7e]+$/
const LATIN_NAME = /^[a-z][a-z.' -]*$/i

/** Undefined when nothing was typed. */
export function parseSearch(typed: string | undefined): Search | undefined {
  const text = (typed ?? '').normalize('NFKC').trim()
  if (text === '') return undefined
  if (NUMBER.test(text)) return search([...codeArms(text), ...numberArms(text)], NEWEST_FOR_NUMBERS)
  if (LATIN_NAME.test(text)) return search([...codeArms(text), ...nameArms(text)], NEWEST_FOR_TEXT)
  if (CODE.test(text)) return search(codeArms(text), NEWEST_FOR_NUMBERS)
  return search(nameArms(text), NEWEST_FOR_TEXT)
}

type Arm = { readonly plain: RawBuilder<boolean>; readonly indexed?: RawBuilder<boolean> }

function search(arms: readonly Arm[], newest: number): Search {
  return {
    predicate: anyOf(arms.map((arm) => arm.plain)),
    indexed: anyOf(arms.map((arm) => arm.indexed ?? arm.plain)),
    newest,
  }
}

function anyOf(arms: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return sql<boolean>`(${sql.join(arms, sql` or `)})`
}

/** Order number, provider id, slip number and NP's inquiry number begin with it, as typed or in capitals. */
function codeArms(text: string): Arm[] {
  const spellings = [...new Set([text, text.toUpperCase()])]
  const columns = [sql`order_number`, sql`provider_id`, sql`slip_number`]
  const arms = columns.flatMap((column) => spellings.map((spelling) => startsWith(column, spelling)))
  // Inquiry numbers are written in small letters (akt…).
  if (/[a-z]/i.test(text)) arms.push(startsWith(INQUIRY_NUMBER, text.toLowerCase()))
  return arms
}

const INQUIRY_NUMBER = sql`jsonb_extract_path_text(state, 'facts', 'invoice', 'inquiryNumber')`

/** An amount to the yen, a telephone number from its start, a slip number without its hyphens. */
function numberArms(text: string): Arm[] {
  const digits = text.replace(/[^\d]/g, '')
  const arms: Arm[] = []
  if (digits === '') return arms
  if (!/[-()+]/.test(text) && digits.length <= 12) arms.push({ plain: sql<boolean>`amount_yen = ${Number(digits)}` })
  arms.push(startsWith(sql`phone_digits`, text.startsWith('+81') ? `0${digits.slice(2)}` : digits))
  if (digits !== text) arms.push(startsWith(sql`slip_number`, digits))
  return arms
}

/**
 * Inside the name or the kana, as `nkey` folds them. Three characters and more have trigrams; two have the bigram
 * index, which alone would drown in common pairs and is therefore asked last; one must begin the name or the kana.
 */
function nameArms(text: string): Arm[] {
  const key = text.replace(/\s/g, '')
  const pattern = escapeLike(key)
  if ([...key].length === 1) {
    return [
      sql<boolean>`name_key like nkey(${pattern}) || '%'`,
      sql<boolean>`name_key like '% ' || nkey(${pattern}) || '%'`,
    ].map((plain) => ({ plain }))
  }
  const plain = sql<boolean>`name_key like '%' || nkey(${pattern}) || '%'`
  if ([...key].length > 2) return [{ plain }]
  return [{ plain, indexed: sql<boolean>`(${plain} and bigrams(name_key) @> bigrams(nkey(${key})))` }]
}

function startsWith(column: RawBuilder<unknown>, prefix: string): Arm {
  return { plain: sql<boolean>`${column} like ${`${escapeLike(prefix)}%`}` }
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`)
}

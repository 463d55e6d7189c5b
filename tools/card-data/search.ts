/** Looks for a text where nobody should have put it: in every file of a folder and in every row of a database. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../apps/bff/src/db/client.ts'

/** A place, and the form in which the text stood there. */
export type Finding = { readonly where: string; readonly form: string }

type Form = { readonly name: string; readonly text: string }

/** As it is, with the spaces a person types, in hexadecimal, and in base64 wherever it begins. */
export function formsOf(secret: string): Form[] {
  const grouped = secret.replace(/(\d{4})(?=\d)/g, '$1 ')
  return [
    { name: 'plain', text: secret },
    { name: 'grouped', text: grouped },
    { name: 'hyphened', text: grouped.replaceAll(' ', '-') },
    { name: 'wide', text: [...secret].join('\0') },
    { name: 'hex', text: Buffer.from(secret).toString('hex') },
    ...[0, 1, 2].map((shift) => ({ name: `base64+${shift}`, text: base64Inside(secret, shift) })),
  ]
}

/** The letters of base64 that do not depend on what stands before and after. */
function base64Inside(secret: string, shift: number): string {
  const whole = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)])
  const letters = whole.toString('base64').replace(/=+$/, '')
  const tail = whole.length % 3 === 0 ? 0 : 1
  return letters.slice(Math.ceil((shift * 8) / 6), letters.length - tail)
}

/** Also files of the database itself: its journal and what it has thrown away. Answers how many bytes were read. */
export function searchFolder(folder: string, secrets: readonly string[]): { bytes: number; findings: Finding[] } {
  const forms = secrets.flatMap(formsOf)
  const findings: Finding[] = []
  let bytes = 0
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    const content = readIfThere(path)
    if (content === undefined) continue
    bytes += content.length
    for (const { name: form, text } of forms) if (content.includes(text)) findings.push({ where: name, form })
  }
  return { bytes, findings }
}

/** A running database moves its files about. */
function readIfThere(path: string): Buffer | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path) : undefined
  } catch {
    return undefined
  }
}

/** Every row of every table, unpacked: what the files hold compressed is found here. */
export async function searchDatabase(
  databaseUrl: string,
  secrets: readonly string[],
): Promise<{ tables: number; findings: Finding[] }> {
  const db = openDatabase(databaseUrl, { max: 1 })
  try {
    const { rows: tables } = await db.pool.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    // Bytes are written in hexadecimal, so each form is looked for in both ways.
    const forms = secrets
      .flatMap(formsOf)
      .flatMap(({ name, text }) => [
        ...(text.includes('\0') ? [] : [{ name, text }]),
        { name: `${name} in bytes`, text: Buffer.from(text).toString('hex') },
      ])
    const findings: Finding[] = []
    for (const { name: table } of tables) {
      const { rows } = await db.pool.query<{ at: number }>(
        `select f.at::int from unnest($1::text[]) with ordinality as f (text, at) where exists (select from ${table} t where strpos(t::text, f.text) > 0)`,
        [forms.map(({ text }) => text)],
      )
      for (const { at } of rows) findings.push({ where: table, form: forms[at - 1]?.name ?? '' })
    }
    return { tables: tables.length, findings }
  } finally {
    await db.close()
  }
}

/** Exported files, read as accounting software reads them. */
import { inject } from 'vitest'
import type { PaymentColumnId } from '@choba/shared/columns/payments.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import { sessionHeader } from './api.ts'

export interface Csv {
  header: string[]
  rows: string[][]
}

export async function downloadCsv(query: string): Promise<Csv> {
  const answer = await fetch(`${inject('product').url}/api/payments/export.csv?${query}`, {
    headers: sessionHeader('accountant'),
  })
  if (!answer.ok) throw new Error(`the export answered ${answer.status}: ${await answer.text()}`)
  return parseCsv(new TextDecoder('utf-8').decode(await answer.arrayBuffer()))
}

/** Lines end in CRLF; a cell with a comma, a quote or a line break stands in quotes. */
export function parseCsv(text: string): Csv {
  const [header = [], ...rows] = text
    .replace(/\r\n$/, '')
    .split('\r\n')
    // With a comma before the first cell too, which may be empty.
    .map((line) => [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(readCell))
  return { header, rows }
}

/** Of each column of amounts, under the name it has in the file's header. */
export function sumColumns<C extends PaymentColumnId>({ header, rows }: Csv, ids: readonly C[]): Record<C, number> {
  const sums = ids.map((id) => {
    const at = header.indexOf(labels('ja').column[id])
    return [id, rows.reduce((sum, row) => sum + Number(row[at]), 0)]
  })
  return Object.fromEntries(sums) as Record<C, number>
}

function readCell(match: RegExpMatchArray): string {
  return match[1]?.replaceAll('""', '"') ?? match[2] ?? ''
}

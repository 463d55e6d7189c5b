/**
 * Rows as a workbook (ECMA-376) of one sheet, written as they come: numbers are numbers, days are days, and text is text,
 * so that leading zeros stay and nothing that begins like a formula is one. ADR 0022.
 */
import { Readable } from 'node:stream'
import yazl from 'yazl'
import type { ExportColumn } from './csv-sql.ts'

/** A sheet has 1,048,576 rows, one of them the header. */
export const MOST_ROWS = 1_048_575
/** Excel refuses a longer text in a cell. */
const LONGEST_TEXT = 32_767
/** Written together: a chunk a cell would cost more than the cell. */
const CHUNK_CHARS = 64_000
const STYLE = { day: 1, instant: 2, header: 3 } as const

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const FIXED_PARTS = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SPREADSHEET}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Choba" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">${[0, 164, 165].map((format) => cellFormat(format, 0)).join('')}${cellFormat(0, 1)}</cellXfs></styleSheet>`,
} as const

function cellFormat(format: number, font: number): string {
  return `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`
}

/** `rows` are cells as COPY writes them, in the order of the columns. An unread workbook takes no further row. */
export function workbook(columns: readonly ExportColumn[], rows: AsyncIterable<readonly string[]>): Readable {
  const file = new yazl.ZipFile()
  for (const [path, xml] of Object.entries(FIXED_PARTS)) file.addBuffer(Buffer.from(`${DECLARATION}${xml}`), path)
  const sheet = Readable.from(sheetXml(columns, rows))
  const out = file.outputStream as Readable
  // What breaks the rows breaks the file: nobody takes half a workbook for a whole one.
  sheet.on('error', (error) => out.destroy(error))
  out.on('close', () => sheet.destroy())
  // Beyond four gigabytes of XML the plain format ends.
  file.addReadStream(sheet, 'xl/worksheets/sheet1.xml', { forceZip64Format: true })
  file.end()
  return out
}

async function* sheetXml(
  columns: readonly ExportColumn[],
  rows: AsyncIterable<readonly string[]>,
): AsyncGenerator<string> {
  const pane =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
  let chunk = `${DECLARATION}<worksheet xmlns="${MAIN}">${pane}<sheetData><row>`
  for (const { header } of columns) chunk += textCell(header, STYLE.header)
  chunk += '</row>'
  for await (const row of rows) {
    chunk += '<row>'
    for (const [index, column] of columns.entries()) chunk += cellXml(column, row[index] ?? '')
    chunk += '</row>'
    if (chunk.length < CHUNK_CHARS) continue
    yield chunk
    chunk = ''
  }
  yield `${chunk}</sheetData></worksheet>`
}

/** A cell that holds nothing stands there still: without its place the next one would take it. */
function cellXml({ kind }: ExportColumn, value: string): string {
  if (value === '') return '<c/>'
  switch (kind) {
    case 'yen':
      return `<c><v>${value}</v></c>`
    case 'day':
      return `<c s="${STYLE.day}"><v>${serialOf(`${value}T00:00:00Z`)}</v></c>`
    case 'instant':
      return `<c s="${STYLE.instant}"><v>${serialOf(`${value.replace(' ', 'T')}Z`)}</v></c>`
    case 'code':
    case 'id':
    case 'list':
    case 'text':
      return textCell(value)
  }
}

function textCell(value: string, style?: number): string {
  return `<c t="inlineStr"${style === undefined ? '' : ` s="${style}"`}><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`
}

const DAY_MS = 86_400_000
/** Days since 1899-12-30: Excel counts from 1900 and believes in a 29 February of that year. */
const EPOCH_MS = Date.UTC(1899, 11, 30)

function serialOf(instant: string): number {
  return (Date.parse(instant) - EPOCH_MS) / DAY_MS
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** What XML 1.0 cannot hold, control characters and lone surrogates, becomes the replacement character. */
function escapeXml(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .toWellFormed()
    .replaceAll(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, '\ufffd')
    .replaceAll(/[&<>]/g, (character) => ESCAPES[character] ?? '')
}

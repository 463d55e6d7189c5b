import { randomUUID } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import type { FileRow } from './read-rows.ts'
import { readWorkbook } from './read-workbook.ts'
import { UnreadableFile } from './unreadable-file.ts'

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const WORKBOOK = `<workbook ${NS} xmlns:r="r"><workbookPr/><sheets><sheet name="hidden" state="hidden" r:id="r1"/><sheet name="注文" r:id="r2"/></sheets></workbook>`
const RELS =
  '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>'
const TEXTS = `<sst ${NS}><si><t>注文番号</t></si><si><r><t>山田 </t></r><r><t>花子 &amp; 子</t></r><rPh sb="0" eb="1"><t>ヤマダ</t></rPh></si></sst>`
const STYLES = `<styleSheet ${NS}><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="165" formatCode="#,##0&quot;day&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`

const made: string[] = []
afterEach(async () => {
  for (const path of made.splice(0)) await rm(path, { force: true })
})

async function archive(parts: Readonly<Record<string, string | Readable>>): Promise<string> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(parts))
    zip.addReadStream(typeof content === 'string' ? Readable.from([Buffer.from(content)]) : content, name)
  zip.end()
  return keep(await buffer(zip.outputStream))
}

async function keep(bytes: Uint8Array): Promise<string> {
  const path = join(tmpdir(), `workbook-${randomUUID()}`)
  made.push(path)
  await writeFile(path, bytes)
  return path
}

function workbook(sheet: string, more: Readonly<Record<string, string | Readable>> = {}): Promise<string> {
  return archive({
    'xl/workbook.xml': WORKBOOK,
    'xl/_rels/workbook.xml.rels': RELS,
    'xl/sharedStrings.xml': TEXTS,
    'xl/styles.xml': STYLES,
    'xl/worksheets/sheet1.xml': '<worksheet/>',
    'xl/worksheets/sheet2.xml': `<worksheet ${NS}><sheetData>${sheet}</sheetData></worksheet>`,
    ...more,
  })
}

async function rows(path: string): Promise<FileRow[]> {
  const read: FileRow[] = []
  for await (const row of readWorkbook(path)) read.push(row)
  return read
}

async function refusal(path: string): Promise<[string, number | null]> {
  const error = await rows(path).catch((thrown: unknown) => thrown)
  if (error instanceof UnreadableFile) return [error.reason, error.line]
  throw error
}

test('the first sheet that is shown is read as its CSV would be: days as days, texts without their reading', async () => {
  const path = await workbook(`
    <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>注文日</t></is></c><c r="C1" t="str"><v>請求額</v></c><c r="D1" t="str"><v>氏名</v></c></row>
    <row r="3"><c r="A3"><v>4.56789012345E11</v></c><c r="B3" s="1"><v>46349</v></c><c r="C3"><v>1100</v></c><c r="D3" t="s"><v>1</v></c></row>
    <row r="4"><c r="A4" t="str"><v>0012</v></c><c r="B4" s="2"><v>46349.5868</v></c><c r="C4" s="3"><v>46349</v></c></row>
    <row r="5"><c r="A5" s="1"/></row>
    <row r="6"><c r="D6" t="b"><v>1</v></c></row>`)
  expect(await rows(path)).toEqual([
    { line: 1, cells: ['注文番号', '注文日', '請求額', '氏名'] },
    { line: 3, cells: ['456789012345', '2026-11-23', '1100', '山田 花子 & 子'] },
    { line: 4, cells: ['0012', '2026-11-23 14:05:00', '46349', ''] },
    { line: 6, cells: ['', '', '', 'TRUE'] },
  ])
})

test('a workbook of the old Macintosh counts from 1904', async () => {
  const path = await workbook('<row r="1"><c r="A1" s="1"><v>44887</v></c></row>', {
    'xl/workbook.xml': WORKBOOK.replace('<workbookPr/>', '<workbookPr date1904="1"/>'),
  })
  expect((await rows(path))[0]?.cells).toEqual(['2026-11-23'])
})

test('an archive of something else, one that breaks off, and XML with entities of its own are refused', async () => {
  expect(await refusal(await archive({ 'photo.jpg': 'x' }))).toEqual(['archive', null])
  const whole = await readFile(await workbook('<row r="1"><c r="A1"><v>1</v></c></row>'))
  expect(await refusal(await keep(whole.subarray(0, whole.length / 2)))).toEqual(['broken_workbook', null])
  expect(await refusal(await workbook('<row r="1"><c r="A1"'))).toEqual(['broken_workbook', null])
  const entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
  expect(await refusal(await workbook('', { 'xl/sharedStrings.xml': entities }))).toEqual(['broken_workbook', null])
})

test('a part that unpacks to more than may be held is refused before it is unpacked', async () => {
  const spaces = Readable.from(
    (function* () {
      for (let n = 0; n < 98; n += 1) yield Buffer.alloc(1024 * 1024, 0x20)
    })(),
  )
  expect(await refusal(await workbook('', { 'xl/sharedStrings.xml': spaces }))).toEqual(['too_large', null])
})

test('a row of too many columns and a cell of a book are named by their row', async () => {
  const wide = '<row r="7"><c r="ZZ7"><v>1</v></c></row>'
  expect(await refusal(await workbook(wide))).toEqual(['too_many_columns', 7])
  const long = `<row r="2"><c r="A2" t="inlineStr"><is><t>${'長'.repeat(300_000)}</t></is></c></row>`
  expect(await refusal(await workbook(long))).toEqual(['row_too_long', 2])
})

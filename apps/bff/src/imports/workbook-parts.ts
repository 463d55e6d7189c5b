/** What a workbook says beside its rows: which sheet comes first, its shared texts, and which styles are days. */
import sax, { type QualifiedTag, type Tag } from 'sax'
import type { Archive } from './archive.ts'
import { UnreadableFile } from './unreadable-file.ts'

/** Texts are held while the rows are read. */
const MOST_TEXT_BYTES = 96 * 1024 * 1024
const MOST_PLAN_BYTES = 8 * 1024 * 1024

export type XmlEvents = {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

/** Feeds XML in pieces; names without their prefix. Entities of its own are none: the parser knows only those of XML. */
export function feedXml(events: XmlEvents): (piece: string) => void {
  const xml = sax.parser(true)
  xml.onopentag = (tag: Tag | QualifiedTag) =>
    events.open?.(plainName(tag.name), tag.attributes as Record<string, string>)
  xml.ontext = (text) => events.text?.(text)
  xml.oncdata = (text) => events.text?.(text)
  xml.onclosetag = (name) => events.close?.(plainName(name))
  xml.onerror = () => {
    throw new UnreadableFile('broken_workbook')
  }
  return (piece) => void xml.write(piece)
}

function plainName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

async function readAll(archive: Archive, part: string, mostBytes: number, events: XmlEvents): Promise<void> {
  if (!archive.names.includes(part)) return
  const feed = feedXml(events)
  for await (const piece of archive.read(part, mostBytes)) feed(piece)
}

export type WorkbookPlan = { readonly sheet: string; readonly epoch1904: boolean }

/** The first sheet that is shown. @throws UnreadableFile archive when it is no workbook */
export async function readPlan(archive: Archive): Promise<WorkbookPlan> {
  if (!archive.names.includes('xl/workbook.xml')) throw new UnreadableFile('archive')
  const sheets: Array<{ id: string; hidden: boolean }> = []
  let epoch1904 = false
  await readAll(archive, 'xl/workbook.xml', MOST_PLAN_BYTES, {
    open(name, attributes) {
      if (name === 'sheet')
        sheets.push({ id: attributes['r:id'] ?? '', hidden: (attributes['state'] ?? 'visible') !== 'visible' })
      if (name === 'workbookPr') epoch1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
    },
  })
  const targets = new Map<string, string>()
  await readAll(archive, 'xl/_rels/workbook.xml.rels', MOST_PLAN_BYTES, {
    open(name, { Id: id = '', Target: target = '' }) {
      if (name === 'Relationship') targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    },
  })
  const first = sheets.find((sheet) => !sheet.hidden) ?? sheets[0]
  const sheet = targets.get(first?.id ?? '') ?? 'xl/worksheets/sheet1.xml'
  if (!archive.names.includes(sheet)) throw new UnreadableFile('broken_workbook')
  return { sheet, epoch1904 }
}

export async function readSharedTexts(archive: Archive): Promise<readonly string[]> {
  const texts: string[] = []
  let text = ''
  let isText = false
  let phonetic = 0
  await readAll(archive, 'xl/sharedStrings.xml', MOST_TEXT_BYTES, {
    open(name) {
      if (name === 'si') text = ''
      // The reading of a name stands beside it, and is no part of it.
      if (name === 'rPh') phonetic += 1
      if (name === 't') isText = phonetic === 0
    },
    text(piece) {
      if (isText) text += piece
    },
    close(name) {
      if (name === 'rPh') phonetic -= 1
      if (name === 't') isText = false
      if (name === 'si') texts.push(text)
    },
  })
  return texts
}

/** Built-in formats that are days or times, Japan's among them (ECMA-376 18.8.30). */
const DAY_FORMATS: readonly number[] = [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]

/** By style: whether a number in it is a day. */
export async function readDayStyles(archive: Archive): Promise<readonly boolean[]> {
  const custom = new Map<number, boolean>()
  const styles: boolean[] = []
  let isCellFormats = false
  await readAll(archive, 'xl/styles.xml', MOST_PLAN_BYTES, {
    open(name, attributes) {
      if (name === 'numFmt') custom.set(Number(attributes['numFmtId']), saysDay(attributes['formatCode'] ?? ''))
      if (name === 'cellXfs') isCellFormats = true
      if (name === 'xf' && isCellFormats) {
        const id = Number(attributes['numFmtId'] ?? 0)
        styles.push(custom.get(id) ?? DAY_FORMATS.includes(id))
      }
    },
    close(name) {
      if (name === 'cellXfs') isCellFormats = false
    },
  })
  return styles
}

/** A format with a year or a day outside its quoted words and brackets. */
function saysDay(format: string): boolean {
  const bare = format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
  return /[yd]|gg*e/i.test(bare) && !/general/i.test(bare)
}

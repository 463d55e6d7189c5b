/** The rows of a workbook's first sheet, one by one, as a CSV of it would hold them; days as days and not as numbers. */
import { addDays, businessDate } from '@choba/shared/dates.ts'
import { openArchive } from './archive.ts'
import type { FileRow } from './read-rows.ts'
import { MOST_COLUMNS, MOST_ROW_BYTES } from './read-rows.ts'
import { UnreadableFile } from './unreadable-file.ts'
import { feedXml, readDayStyles, readPlan, readSharedTexts } from './workbook-parts.ts'

const ZERO = businessDate('1899-12-30')
const ZERO_1904 = businessDate('1904-01-01')
/** 31 December 9999, the last day of a spreadsheet. */
const LAST_DAY = 2_958_465

/** @throws UnreadableFile archive, broken_workbook, too_large, too_many_columns and row_too_long naming the row */
export async function* readWorkbook(path: string): AsyncGenerator<FileRow> {
  const archive = await openArchive(path)
  try {
    const { sheet, epoch1904 } = await readPlan(archive)
    const [texts, dayStyles] = [await readSharedTexts(archive), await readDayStyles(archive)]
    const rows: FileRow[] = []
    let widest = 0
    let line = 0
    let cells: string[] = []
    let cell = { at: 0, type: '', style: 0, text: '' }
    let isValue = false
    let phonetic = 0

    function endCell(): void {
      if (cell.at >= MOST_COLUMNS) throw new UnreadableFile('too_many_columns', line)
      while (cells.length < cell.at) cells.push('')
      cells[cell.at] = valueOf(cell, texts, dayStyles[cell.style] === true, epoch1904 ? ZERO_1904 : ZERO)
    }

    const feed = feedXml({
      open(name, attributes) {
        if (name === 'row') {
          line = Number(attributes['r'] ?? line + 1)
          cells = []
        } else if (name === 'c') {
          const at = attributes['r'] === undefined ? cells.length : columnOf(attributes['r'])
          cell = { at, type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? -1), text: '' }
        } else if (name === 'rPh') phonetic += 1
        else if (name === 'v' || name === 't') isValue = phonetic === 0
      },
      text(piece) {
        if (!isValue) return
        cell.text += piece
        if (cell.text.length > MOST_ROW_BYTES) throw new UnreadableFile('row_too_long', line)
      },
      close(name) {
        if (name === 'v' || name === 't') isValue = false
        else if (name === 'rPh') phonetic -= 1
        else if (name === 'c') endCell()
        else if (name === 'row' && cells.some((each) => each.trim() !== '')) {
          widest = Math.max(widest, cells.length)
          // Empty cells at the end of a row are not written: they are there all the same.
          rows.push({ line, cells: [...cells, ...Array.from({ length: widest - cells.length }, () => '')] })
        }
      },
    })
    for await (const piece of archive.read(sheet)) {
      feed(piece)
      yield* rows.splice(0)
    }
  } finally {
    archive.close()
  }
}

type Cell = { readonly type: string; readonly text: string }

function valueOf({ type, text }: Cell, texts: readonly string[], isDay: boolean, zero: typeof ZERO): string {
  if (type === 's') return texts[Number(text)] ?? ''
  if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE'
  if (type !== 'n' || text === '') return text
  const number = Number(text)
  if (!Number.isFinite(number)) return text
  if (isDay && number >= 1 && number <= LAST_DAY) return dayText(number, zero)
  // 4.56789012345E11 is a number whose digits are all there.
  return Number.isSafeInteger(number) ? String(number) : text
}

function dayText(serial: number, zero: typeof ZERO): string {
  const day = addDays(zero, Math.floor(serial))
  const seconds = Math.min(Math.round((serial % 1) * 86_400), 86_399)
  if (seconds === 0) return day
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${day} ${parts.map((part) => String(part).padStart(2, '0')).join(':')}`
}

/** `AB12` is column 27, counted from 0. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference.replace(/[^A-Z]/g, '')) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

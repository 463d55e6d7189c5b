/** Comma-separated lines as RFC 4180 writes them, both ways. */

export type CsvRow = { line: number; cells: string[] }
export type CsvRead = { ok: true; rows: CsvRow[] } | { ok: false; line: number; problem: string }

/** CRLF after every line; a cell is quoted when it holds a comma, a quote or a line break. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(writeCell).join(',')}\r\n`).join('')
}

/** Reads CRLF and LF. `line` counts lines of the file from 1, so that a person finds the place. Empty lines are skipped. */
export function readCsv(text: string): CsvRead {
  const rows: CsvRow[] = []
  let position = 0
  let line = 1
  while (position < text.length) {
    const row: CsvRow = { line, cells: [] }
    let atEnd = false
    while (!atEnd) {
      const cell = readCell(text, position)
      if (!cell.ok) return { ok: false, line: row.line, problem: cell.problem }
      row.cells.push(cell.value)
      line += cell.lineBreaks
      position = cell.next
      if (text[position] === ',') position += 1
      else atEnd = true
    }
    position += text.startsWith('\r\n', position) ? 2 : 1
    line += 1
    if (row.cells.length > 1 || row.cells[0] !== '') rows.push(row)
  }
  return { ok: true, rows }
}

type Cell = { ok: true; value: string; next: number; lineBreaks: number } | { ok: false; problem: string }

function readCell(text: string, start: number): Cell {
  if (text[start] !== '"') {
    const stop = /[,\r\n]/g
    stop.lastIndex = start
    const next = stop.exec(text)?.index ?? text.length
    const value = text.slice(start, next)
    if (value.includes('"')) return { ok: false, problem: 'a quote inside an unquoted cell' }
    if (text[next] === '\r' && text[next + 1] !== '\n') return { ok: false, problem: 'a carriage return alone' }
    return { ok: true, value, next, lineBreaks: 0 }
  }
  let value = ''
  let position = start + 1
  for (;;) {
    const quote = text.indexOf('"', position)
    if (quote < 0) return { ok: false, problem: 'a quoted cell that never ends' }
    value += text.slice(position, quote)
    if (text[quote + 1] !== '"') {
      const next = quote + 1
      const ended = next >= text.length || text[next] === ',' || text[next] === '\n' || text.startsWith('\r\n', next)
      if (!ended) return { ok: false, problem: 'text after a closing quote' }
      return { ok: true, value, next, lineBreaks: value.split('\n').length - 1 }
    }
    value += '"'
    position = quote + 2
  }
}

function writeCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

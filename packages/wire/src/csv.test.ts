import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv, writeCsv } from './csv.ts'

test('whatever is written is read back, cell by cell', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '茶', '"', ',', '\n', '\r\n', ' ') })
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 6 }), (rows) => {
      const read = readCsv(writeCsv(rows))
      expect(read.ok && read.rows.map((row) => row.cells)).toEqual(rows)
    }),
  )
})

test('counts lines of the file, also across a quoted line break', () => {
  const read = readCsv('a,b\r\n"1\n2",c\r\nd,e')
  expect(read).toEqual({
    ok: true,
    rows: [
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1\n2', 'c'] },
      { line: 4, cells: ['d', 'e'] },
    ],
  })
})

test('refuses broken quoting and names the line', () => {
  expect(readCsv('a,b\r\n"c,d')).toMatchObject({ ok: false, line: 2 })
  expect(readCsv('a"b,c')).toMatchObject({ ok: false, line: 1 })
  expect(readCsv('"a"b,c')).toMatchObject({ ok: false, line: 1 })
  expect(readCsv('a\rb')).toMatchObject({ ok: false, line: 1 })
})

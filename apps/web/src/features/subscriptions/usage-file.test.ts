import { describe, expect, test } from 'vitest'
import { decode, problemsOf, readRows, refusedRows, rowsOf } from './usage-file.ts'

function plain(text: string): string[] {
  return readRows(text).map(({ code, number, quantity }) => [code, number, quantity].join('|'))
}

describe('a file of usage', () => {
  test.each([
    ['two columns are code and usage', 'SUB000001,120\nSUB000002,0', ['SUB000001||120', 'SUB000002||0']],
    ['three have the cycle between', 'SUB000001\t3\t120', ['SUB000001|3|120']],
    ['a heading names its columns in any order', '使用量,契約番号\n"1,200",SUB000001', ['SUB000001||1,200']],
    ['a byte order mark and empty lines say nothing', '\uFEFFcode,quantity\r\n\r\nSUB000001,5\r\n', ['SUB000001||5']],
  ])('%s', (_, text, rows) => {
    expect(plain(text)).toEqual(rows)
  })

  test('is read in Shift_JIS where it is no UTF-8', () => {
    // 契約番号,使用量
    const bytes = new Uint8Array([
      0x8c, 0x5f, 0x96, 0xf1, 0x94, 0xd4, 0x8d, 0x86, 0x2c, 0x8e, 0x67, 0x97, 0x70, 0x97, 0xca,
    ])
    expect(decode(bytes.buffer)).toBe('契約番号,使用量')
  })

  test('names what is wrong with a row and lets the others stand', () => {
    const rows = readRows('SUB000001,1,120\nSUB000001,1,5\n,2,5\nSUB000002,0,5\nSUB000003,1.5\nSUB000004')
    const problems = problemsOf(rows)
    expect(rows.map(({ key }) => problems.get(key))).toEqual([
      undefined,
      'repeated',
      'code_missing',
      'number_wrong',
      'quantity_wrong',
      'columns_wrong',
    ])
  })

  test('digits and codes may be typed in full width', () => {
    expect(rowsOf(readRows('ｓｕｂ０００００１,２,１，２００'.replace('，', '')))).toEqual([
      { code: 'SUB000001', number: 2, quantity: 1200 },
    ])
  })

  test('a refusal finds its row again', () => {
    expect([...refusedRows(['rows.0.code', 'rows.12.number', 'rows.3.quantity', 'idempotencyKey'])]).toEqual([
      [0, 'code_unknown'],
      [12, 'cycle_unknown'],
      [3, 'amount_wrong'],
    ])
  })
})

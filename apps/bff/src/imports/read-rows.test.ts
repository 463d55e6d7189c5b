import { encodeCp932 } from '@choba/wire/cp932.ts'
import { describe, expect, test } from 'vitest'
import { delimiterOf, type FileRow, isHeader, readRows } from './read-rows.ts'
import { spool } from './spool.ts'
import { UnreadableFile } from './unreadable-file.ts'

const MOST = 1_000_000

async function read(bytes: Uint8Array, chunk = 7) {
  const parts = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, n) =>
    bytes.slice(n * chunk, (n + 1) * chunk),
  )
  const file = await spool(ReadableStream.from(parts) as ReadableStream<Uint8Array>, MOST)
  try {
    const { encoding } = file
    if (encoding === 'xlsx') throw new Error('no text')
    const delimiter = await delimiterOf(file.path, encoding)
    const rows: FileRow[] = []
    for await (const row of readRows(file.path, encoding, delimiter)) rows.push(row)
    return { encoding, delimiter, rows }
  } finally {
    await file.remove()
  }
}

async function refusal(bytes: Uint8Array): Promise<[string, number | null]> {
  const error = await read(bytes).catch((thrown: unknown) => thrown)
  if (error instanceof UnreadableFile) return [error.reason, error.line]
  throw error
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

const NAMES = '注文番号,氏名\r\nA-1,髙橋①\r\n'

describe('a file', () => {
  test('is read in the encoding it is written in, however it is cut into pieces', async () => {
    const rows = [
      { line: 1, cells: ['注文番号', '氏名'] },
      { line: 2, cells: ['A-1', '髙橋①'] },
    ]
    expect(await read(utf8(NAMES))).toEqual({ encoding: 'utf8', delimiter: ',', rows })
    expect(await read(utf8(`\uFEFF${NAMES}`), 1)).toEqual({ encoding: 'utf8', delimiter: ',', rows })
    expect(await read(encodeCp932(NAMES).bytes, 3)).toEqual({ encoding: 'cp932', delimiter: ',', rows })
  })

  test('may be parted by tabs or semicolons, and the commas inside its cells part nothing', async () => {
    expect((await read(utf8('a\tb,c\td\n1\t2,3\t4\n'))).rows[1]?.cells).toEqual(['1', '2,3', '4'])
    expect((await read(utf8('"a;1";b;c,d\n1;2;3\n'))).rows[0]?.cells).toEqual(['a;1', 'b', 'c,d'])
  })

  test('names the line a row begins on, behind empty lines and breaks inside cells', async () => {
    const { rows } = await read(utf8('a,b\n\n"x\r\ny",2\n3,4,5\n="007",8'))
    expect(rows.map((row) => row.line)).toEqual([1, 3, 5, 6])
    expect(rows[3]?.cells).toEqual(['="007"', '8'])
  })

  test('is refused when it is no text, with the line where that shows', async () => {
    expect(await refusal(utf8(''))).toEqual(['empty', null])
    expect(await refusal(Uint8Array.from({ length: 300 }, () => 0xff))).toEqual(['not_text', 1])
    expect(await refusal(Uint8Array.from([0x61, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0x83, 0x01, 0x0a]))).toEqual([
      'not_text',
      2,
    ])
    expect(await refusal(Uint8Array.from([0x61, 0x00, 0x62]))).toEqual(['not_text', null])
  })

  test('is refused when a quote is never closed', async () => {
    expect(await refusal(utf8(`a,b\n1,"2\n${'3,4\n'.repeat(50)}`))).toEqual(['open_quote', 2])
    expect(await refusal(utf8(`a,b\n1,"2\n${'3,4\n'.repeat(70_000)}`))).toEqual(['row_too_long', 2])
  })

  test('is refused while it passes when it is too large', async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(utf8('a,b\n'.repeat(999))),
    })
    await expect(spool(endless, MOST)).rejects.toMatchObject({ reason: 'too_large' })
  })
})

test('a first row of numbers is no header', () => {
  expect(isHeader(['お客様管理番号', '伝票番号'])).toBe(true)
  expect(isHeader(['A-10293', '456789012345'])).toBe(false)
  expect(isHeader(['A-10293', '2026/11/25'])).toBe(false)
})

/**
 * Files as they come from carts, spreadsheets and mail, each with what is to become of it: refused with a reason and line,
 * waiting for a column, or read row by row with the fault of each. Generated, so that nothing large or odd is kept here.
 */
import { encodeCp932 } from '@choba/wire/cp932.ts'

export type BadFile = {
  readonly name: string
  readonly bytes: Uint8Array | (() => ReadableStream<Uint8Array>)
  /** Refused as a whole: `reason` or `reason line`. */
  readonly refused?: string
  /** Kept until a person says which column these are. */
  readonly missing?: readonly string[]
  /** Each row: its state, and where something is wrong each `field code`. */
  readonly rows?: readonly string[]
  /** What rows say once they are read. */
  readonly values?: ReadonlyArray<Readonly<Record<string, string>>>
  /** What the rows that can run come to. */
  readonly yen?: number
  readonly encoding?: string
}

const HEADER = '注文番号,注文日,決済方法,状態,請求額,購入者名,電話番号,郵便番号'
const COLUMNS = ['number', 'day', 'method', 'state', 'yen', 'name', 'phone', 'zip'] as const
const ROW = {
  number: 'B-1',
  day: '2026/10/01',
  method: 'NP後払い',
  state: '出荷済',
  yen: '1100',
  name: '山田 花子',
  phone: '0312345678',
  zip: '1000001',
}

function row(over: Partial<typeof ROW> = {}): string {
  return COLUMNS.map((column) => ({ ...ROW, ...over })[column]).join(',')
}

function text(...lines: readonly string[]): string {
  return [HEADER, ...lines].join('\r\n')
}

function utf8(content: string): Uint8Array {
  return new TextEncoder().encode(content)
}

/** One row whose cell is `over`, and how it fares. */
function cell(name: string, over: Partial<typeof ROW>, ...outcome: readonly string[]): BadFile {
  return { name, bytes: utf8(text(row(over))), rows: [outcome.length === 0 ? 'ready' : `faulty ${outcome.join(', ')}`] }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

function wide(content: string, order: 'le' | 'be', mark = true): Uint8Array {
  const bytes = Buffer.from(mark ? `\uFEFF${content}` : content, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}

/** The rows of JIS X 0208 that these files need, as pairs of seven-bit bytes. */
const JIS: Readonly<Record<string, string>> = {
  注: '436d',
  文: '4a38',
  番: '4856',
  号: '3966',
  日: '467c',
  決: '3768',
  済: '3a51',
  方: '4a7d',
  法: '4b21',
  状: '3e75',
  態: '4256',
  請: '4041',
  求: '3561',
  額: '335b',
  購: '3958',
  入: '467e',
  者: '3c54',
  名: '4c3e',
  電: '4545',
  話: '4f43',
  郵: '4d39',
  便: '4a58',
  後: '3865',
  払: '4a27',
  い: '2424',
  出: '3d50',
  荷: '3259',
  山: '3b33',
  田: '4544',
  花: '3256',
  子: '3b52',
}

function eucJp(content: string): Uint8Array {
  return Uint8Array.from(
    [...content].flatMap((character) => {
      const code = JIS[character]
      return code === undefined
        ? [character.charCodeAt(0)]
        : [Number.parseInt(code.slice(0, 2), 16) | 0x80, Number.parseInt(code.slice(2), 16) | 0x80]
    }),
  )
}

/** Each run of Japanese between the sequences that begin and end it. */
function iso2022Jp(content: string): Uint8Array {
  const runs = content.match(/\p{ASCII}+|\P{ASCII}+/gu) ?? []
  return joined(
    ...runs.map((run) => {
      const pairs = Uint8Array.from(Buffer.from([...run].map((character) => JIS[character] ?? '').join(''), 'hex'))
      return pairs.length === 0
        ? utf8(run)
        : joined(Uint8Array.of(0x1b, 0x24, 0x42), pairs, Uint8Array.of(0x1b, 0x28, 0x42))
    }),
  )
}

function endless(of: string): () => ReadableStream<Uint8Array> {
  const piece = utf8(of.repeat(2000))
  let left = Math.ceil(200_000_000 / piece.length)
  return () =>
    new ReadableStream({
      pull(controller) {
        left -= 1
        if (left < 0) controller.close()
        else controller.enqueue(piece)
      },
    })
}

const MAGIC = {
  zip: [0x50, 0x4b, 3, 4],
  xls: [0xd0, 0xcf, 0x11, 0xe0],
  gzip: [0x1f, 0x8b, 8, 0],
  png: [0x89, 0x50, 0x4e, 0x47],
}

export const BAD_FILES: readonly BadFile[] = [
  // What it is written in.
  { name: 'UTF-16 LE with its mark', bytes: wide(text(row()), 'le'), rows: ['ready'], encoding: 'utf16le' },
  { name: 'UTF-16 BE with its mark', bytes: wide(text(row()), 'be'), rows: ['ready'], encoding: 'utf16be' },
  { name: 'UTF-16 LE without a mark', bytes: wide(text(row()), 'le', false), rows: ['ready'], encoding: 'utf16le' },
  {
    name: 'EUC-JP',
    bytes: eucJp(text(row())),
    rows: ['ready'],
    encoding: 'eucjp',
    values: [{ customerName: '山田 花子' }],
  },
  { name: 'ISO-2022-JP', bytes: iso2022Jp(text(row())), rows: ['ready'], encoding: 'iso2022jp' },
  {
    name: 'CP932 with characters of NEC and IBM',
    bytes: encodeCp932(text(row({ name: '髙橋①㈱ﾔﾏﾀﾞ〜' }))).bytes,
    rows: ['ready'],
    encoding: 'cp932',
  },
  { name: 'UTF-8 with a BOM', bytes: utf8(`\uFEFF${text(row())}`), rows: ['ready'], encoding: 'utf8' },
  {
    name: 'a BOM in the middle, where two files were joined',
    bytes: utf8(`${text(row())}\r\n\uFEFF${row({ number: 'B-2' })}`),
    rows: ['ready', 'ready'],
    values: [{}, { orderNumber: 'B-2' }],
  },
  {
    name: 'a header in UTF-8 over rows in CP932',
    bytes: joined(utf8(`${HEADER}\r\n`), encodeCp932(row()).bytes),
    refused: 'not_text 1',
  },
  {
    name: 'a character cut off at the end of the file',
    bytes: utf8(text(row({ zip: '〒' }))).subarray(0, -1),
    refused: 'not_text 2',
  },
  {
    name: 'CP932 with half a character before the comma',
    bytes: joined(encodeCp932(text('B-1,2026/10/01,')).bytes, Uint8Array.of(0x83, 0x01), utf8(',x,1,a,0,0')),
    refused: 'not_text 2',
  },
  { name: 'an emoji in a name', ...oneRow({ name: '花子🍵' }), values: [{ customerName: '花子🍵' }] },
  { name: 'a NUL among the letters', bytes: utf8(text(row({ name: '山田\0花子' }))), refused: 'not_text' },
  {
    name: 'bytes of anything',
    bytes: Uint8Array.from({ length: 400 }, (_, n) => 0x80 + (n % 0x7f)),
    refused: 'not_text 1',
  },

  // What is no CSV at all.
  { name: 'no byte', bytes: utf8(''), refused: 'empty' },
  { name: 'blank lines only', bytes: utf8('\r\n\r\n\r\n'), refused: 'empty' },
  { name: 'a header and nothing below it', bytes: utf8(HEADER), refused: 'no_rows' },
  { name: 'an archive that breaks off', bytes: Uint8Array.from(MAGIC.zip), refused: 'broken_workbook' },
  { name: 'an old workbook', bytes: Uint8Array.from(MAGIC.xls), refused: 'spreadsheet' },
  { name: 'gzip', bytes: Uint8Array.from(MAGIC.gzip), refused: 'archive' },
  { name: 'a PDF', bytes: utf8('%PDF-1.7\n'), refused: 'pdf' },
  { name: 'a picture', bytes: Uint8Array.from(MAGIC.png), refused: 'picture' },
  { name: 'a table of HTML called .csv', bytes: utf8(`\uFEFF<table><tr><td>1</td></tr></table>`), refused: 'markup' },
  { name: '200 MB of rows', bytes: endless(`${row()}\r\n`), refused: 'request.too_large' },
  {
    name: 'more than 100,000 rows',
    bytes: utf8(`${HEADER}\n${'x\n'.repeat(100_001)}`),
    refused: 'too_many_rows 100002',
  },
  { name: '5,000 columns', bytes: utf8('a,'.repeat(5000)), refused: 'too_many_columns 1' },
  { name: 'a cell of 10 MB', bytes: utf8(text(`B-1,"${'長'.repeat(3_500_000)}"`)), refused: 'row_too_long 2' },
  { name: 'a quote that is never closed', bytes: utf8(text(row({ name: '"山田' }), row())), refused: 'open_quote 2' },

  // How rows are cut.
  { name: 'a return alone', bytes: utf8([HEADER, row(), row({ number: 'B-2' })].join('\r')), rows: ['ready', 'ready'] },
  {
    name: 'every kind of line break in one file',
    bytes: utf8(
      `${HEADER}\r\n${row()}\n${row({ number: 'B-2' })}\r\r\n${row({ number: 'B-3' })}\r${row({ number: 'B-4' })}`,
    ),
    rows: ['ready', 'ready', 'ready', 'ready'],
  },
  { name: 'tabs', bytes: utf8(text(row()).replaceAll(',', '\t')), rows: ['ready'] },
  { name: 'semicolons', bytes: utf8(text(row()).replaceAll(',', ';')), rows: ['ready'] },
  { name: 'bars', bytes: utf8(text(row()).replaceAll(',', '|')), rows: ['ready'] },
  {
    name: 'blank lines between rows',
    bytes: utf8(text('', row(), '', '', row({ number: 'B-2' }))),
    rows: ['ready', 'ready'],
  },
  { name: 'commas behind every row', bytes: utf8(text(`${row()},,,`)), rows: ['ready'] },
  { name: 'a row with a cell too many', bytes: utf8(text(`${row()},x`)), rows: ['faulty null ragged'] },
  {
    name: 'a row that breaks off',
    bytes: utf8(text('B-1,2026/10/01,NP後払い,出荷済,1100')),
    rows: ['faulty null ragged'],
  },
  {
    name: 'a header in the third row',
    bytes: utf8(['売上一覧', '2026年10月分', HEADER, row()].join('\r\n')),
    rows: ['ready'],
  },
  {
    name: 'a line break inside a cell',
    bytes: utf8(text(row({ name: '"山田\r\n花子"' }), row({ number: 'B-2' }))),
    rows: ['ready', 'ready'],
  },
  {
    name: 'one column',
    bytes: utf8('注文番号\r\nB-1'),
    missing: ['orderedAt', 'method', 'state'],
  },
  {
    name: 'a column that is there twice',
    bytes: utf8(`${HEADER},請求額\r\n${row()},9999`),
    rows: ['ready'],
    values: [{ amountYen: '1100' }],
  },
  { name: 'columns without a name', bytes: utf8(`${HEADER},,\r\n${row()},x,y`), rows: ['ready'] },
  {
    name: 'no header',
    bytes: utf8(row()),
    missing: ['orderNumber', 'orderedAt', 'method', 'state'],
  },

  // Days.
  cell('a day of Reiwa', { day: 'R8.10.1' }),
  cell('a day of Reiwa in full width', { day: '令和８年１０月１日' }),
  cell('a day of an era that had ended', { day: '平成31年5月1日' }, 'orderedAt not_a_day'),
  cell('31 February', { day: '2026/02/31' }, 'orderedAt not_a_day'),
  cell('a month first', { day: '10/01/2026' }, 'orderedAt not_a_day'),
  cell('the day number of a spreadsheet', { day: '46296' }),
  cell('a time of the afternoon', { day: '2026年10月1日（木）午後2時5分' }),
  cell('a day to come', { day: '2099/01/01' }, 'orderedAt in_future'),

  // Numbers.
  {
    name: 'full-width digits',
    ...oneRow({ yen: '１，１００円' }, 'ready'),
    bytes: utf8(text(row({ yen: '１１００円' }))),
    yen: 1100,
  },
  { name: 'thousands and a sign of money', bytes: utf8(text(row({ yen: '"¥1,234"' }))), rows: ['ready'], yen: 1234 },
  cell('a negative amount', { yen: '-1100' }, 'amountYen below_nothing'),
  cell('an accountant’s negative amount', { yen: '▲1100' }, 'amountYen below_nothing'),
  cell('a part of a yen', { yen: '1100.5' }, 'amountYen not_whole_yen'),
  cell('an exponent', { yen: '1E+05' }, 'amountYen number_rounded'),
  cell('words for an amount', { yen: '千円' }, 'amountYen not_whole_yen'),
  cell('nothing for an amount', { yen: '' }, 'amountYen missing'),
  cell('zero', { yen: '0' }, 'amountYen nothing_sold'),
  cell('an order number that a spreadsheet rounded', { number: '2.02611E+11' }, 'orderNumber number_rounded'),
  cell('no order number', { number: '' }, 'orderNumber missing'),
  { name: 'zeros that a spreadsheet took', ...oneRow({ phone: '312345678', zip: '600001' }) },
  {
    name: 'zeros that a spreadsheet was made to keep',
    ...oneRow({ phone: '="0312345678"' }),
    values: [{ customerPhone: '0312345678' }],
  },

  // Words and sense.
  cell('a method nobody knows', { method: 'つけ払い' }, 'method unknown_word'),
  cell('a state nobody knows', { state: '処理中' }, 'state unknown_word'),
  cell('paid out without a day', { state: '立替払い済' }, 'paidOutOn payout_assumed'),
  { name: 'a formula', ...oneRow({ name: "=cmd|'/c calc'!A1" }), values: [{ customerName: "=cmd|'/c calc'!A1" }] },
  { name: 'the same row twice', bytes: utf8(text(row(), row())), rows: ['faulty', 'faulty null row_twice'] },
  {
    name: 'two methods under one order number',
    bytes: utf8(text(row(), row({ method: 'カード' }))),
    rows: ['faulty', 'faulty method differs_from_head'],
  },
  {
    name: 'two amounts under one order number',
    bytes: utf8(text(row(), row({ yen: '2200' }))),
    rows: ['faulty', 'faulty amountYen differs_from_head'],
  },
]

function oneRow(over: Partial<typeof ROW>, outcome = 'ready'): { bytes: Uint8Array; rows: readonly string[] } {
  return { bytes: utf8(text(row(over))), rows: [outcome] }
}

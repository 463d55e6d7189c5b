import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { businessDate } from '@choba/shared/dates.ts'
import { changesBy, readHolidayFile } from './holiday-file.ts'

const HEAD = '国民の祝日・休日月日,国民の祝日・休日名称'
const today = businessDate('2026-11-25')

function read(rows: readonly string[], encoding = 'cp932') {
  const file = readHolidayFile(iconv.encode([HEAD, ...rows, ''].join('\r\n'), encoding))
  if (file === undefined) throw new Error('no table')
  return file
}

test('the Cabinet Office writes CP932, and a spreadsheet may have made UTF-8 of it', () => {
  for (const encoding of ['cp932', 'utf8']) {
    const { holidays, faults, years } = read(['2027/1/1,元日', '2027/1/11,成人の日'], encoding)
    expect([[...holidays], faults, years]).toEqual([
      [
        ['2027-01-01', '元日'],
        ['2027-01-11', '成人の日'],
      ],
      [],
      { from: 2027, to: 2027 },
    ])
  }
})

test('a row at fault is named with its line', () => {
  const { faults } = read(['2027/1/1,元日', '2027/2/30,ない日', '2027/3/21,', '2027/1/1,元日', '2027/4/29'])
  expect(faults.map(({ line, fault }) => [line, fault])).toEqual([
    [3, 'day'],
    [4, 'name'],
    [5, 'twice'],
    [6, 'columns'],
  ])
})

test('only what differs from tomorrow on is a change, and what the library says needs no line', () => {
  const library = new Set(['2026-11-23', '2027-01-01', '2027-01-11', '2028-01-01'])
  const own = [{ day: '2027-06-01', closed: true }]
  const file = read(['2026/1/1,元日', '2027/1/1,元日', '2027/5/6,臨時の休日'])
  expect(changesBy(file, { library, own, today })).toEqual([
    { scope: 'nation', day: '2027-01-11', closed: false, name: '' },
    { scope: 'nation', day: '2027-05-06', closed: true, name: '臨時の休日' },
    { scope: 'nation', day: '2027-06-01', closed: null, name: '' },
  ])
})

test('what is no table is refused', () => {
  expect(readHolidayFile(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]))).toBeUndefined()
})

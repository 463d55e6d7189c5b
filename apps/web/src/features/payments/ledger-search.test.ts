import { viewText } from '../../api/view-text.ts'
import { describe, expect, test } from 'vitest'
import { parseSearch, stringifySearch } from '../../routes/url.ts'
import { filterOf, isFiltered, type LedgerSearch, parseLedgerSearch, viewOf, without } from './ledger-search.ts'

const SHOP = '0190a0b0-0000-7000-8000-000000000001'
const address = `?shop=${SHOP}&method=card,np_postpaid&status=captured&dateBy=paid_out&from=2026-10-01&to=2026-10-31&amountMin=1000&q=%E5%B1%B1%E7%94%B0&sort=amountYen&direction=asc&open=p1`

describe('the address of the ledger', () => {
  test('is read into a filter and written back as it was', () => {
    const search = parseLedgerSearch(parseSearch(address))
    expect(search).toMatchObject({
      method: ['card', 'np_postpaid'],
      amountMin: 1000,
      q: '山田',
      sort: 'amountYen',
      open: 'p1',
    })
    expect(new URLSearchParams(stringifySearch(search)).toString()).toBe(new URLSearchParams(address).toString())
  })

  test('keeps the conditions it understands when one of them makes no sense', () => {
    expect(parseLedgerSearch({ method: 'cash', status: 'captured', from: '2026-02-30', amountMax: '12.5' })).toEqual({
      status: ['captured'],
    })
  })

  test('reads a search that was already read the same', () => {
    const once = parseLedgerSearch(parseSearch(address))
    expect(parseLedgerSearch({ ...once })).toEqual(once)
  })

  test('leaves out the order that stands by itself', () => {
    expect(stringifySearch(parseLedgerSearch({ sort: 'orderedAt', direction: 'desc' }))).toBe('')
    expect(viewOf({})).toEqual({ sort: 'orderedAt', direction: 'desc' })
  })

  test('keeps digits of a search as they were typed', () => {
    expect(parseLedgerSearch(parseSearch('?q=00123')).q).toBe('00123')
  })

  test('tells a filter from an order and an open drawer', () => {
    const search: LedgerSearch = { open: 'p1', sort: 'amountYen', direction: 'asc' }
    expect(isFiltered(search)).toBe(false)
    expect(filterOf({ ...search, q: 'a' })).toEqual({ q: 'a' })
  })

  test('drops one condition and keeps the rest', () => {
    expect(without({ q: 'a', from: undefined, method: ['card'] } as LedgerSearch, ['q', 'from'])).toEqual({
      method: ['card'],
    })
  })
})

describe('a saved view of the ledger', () => {
  test('is one text, in whatever order its conditions were chosen, and reads back as it was', () => {
    const { open: _, ...search } = parseLedgerSearch(parseSearch('?status=captured&method=card&open=p1'))
    expect(viewText(search)).toBe('method=card&status=captured')
    expect(parseLedgerSearch(parseSearch(viewText(search)))).toEqual(search)
  })

  test('leaves out what the ledger no longer knows', () => {
    expect(parseLedgerSearch(parseSearch('method=abacus&status=captured'))).toEqual({ status: ['captured'] })
  })
})

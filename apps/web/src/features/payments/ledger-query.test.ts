import { expect, test } from 'vitest'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import { type LedgerPage, ledgerPageQuery, loadedRows } from './ledger-query.ts'

function rows(...ids: string[]): PaymentRow[] {
  return ids.map((id) => ({ id }) as PaymentRow)
}

function page(over: Partial<LedgerPage>): LedgerPage {
  return { items: [], first: 0, nextCursor: null, previousCursor: null, ...over }
}

test('the first page stands at the top of the list', () => {
  const pages = [page({ items: rows('a', 'b'), nextCursor: 'n' })]
  expect(loadedRows({ pages, pageParams: [] })).toMatchObject({ above: 0, rows: [{ id: 'a' }, { id: 'b' }] })
})

test('pages dropped from memory leave their place above', () => {
  const pages = [page({ items: rows('c'), first: 200, previousCursor: 'p' })]
  expect(loadedRows({ pages, pageParams: [] }).above).toBe(200)
})

test('rows that came in above while we were below never push the place under the top', () => {
  expect(
    loadedRows({ pages: [page({ items: rows('a'), first: -3, previousCursor: 'p' })], pageParams: [] }).above,
  ).toBe(1)
  expect(loadedRows({ pages: [page({ items: rows('a'), first: 12 })], pageParams: [] }).above).toBe(0)
})

test('a row that moved between two requests is shown once', () => {
  const pages = [page({ items: rows('a', 'b') }), page({ items: rows('b', 'c'), first: 2 })]
  expect(loadedRows({ pages, pageParams: [] }).rows.map((row) => row.id)).toEqual(['a', 'b', 'c'])
})

test('the next page begins where the last one ended, the previous one ends where the first begins', () => {
  const query = ledgerPageQuery({})
  const last = page({ items: rows('a', 'b'), first: 100, nextCursor: 'n', previousCursor: 'p' })
  expect(query.getNextPageParam(last, [], { cursor: null, toward: 'next', edge: 0 }, [])).toEqual({
    cursor: 'n',
    toward: 'next',
    edge: 102,
  })
  expect(query.getPreviousPageParam?.(last, [], { cursor: null, toward: 'next', edge: 0 }, [])).toEqual({
    cursor: 'p',
    toward: 'previous',
    edge: 100,
  })
  expect(query.getNextPageParam(page({}), [], { cursor: null, toward: 'next', edge: 0 }, [])).toBeNull()
})

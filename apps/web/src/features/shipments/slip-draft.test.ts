import { describe, expect, test } from 'vitest'
import type { ShipmentRow } from '@choba/shared/contracts/shipments.ts'
import { checkDraft, countTyped, type Drafts, spread } from './slip-draft.ts'

const ROW = { id: 'a', invoiceDelivery: 'separate' } as ShipmentRow
const BUNDLED = { id: 'b', invoiceDelivery: 'bundled', printedOn: null } as ShipmentRow
const PRINTED = { id: 'p', invoiceDelivery: 'bundled', printedOn: '2026-11-25' } as ShipmentRow
const YAMATO = {
  code: '59010',
  ja: 'ヤマト運輸',
  en: 'Yamato',
  trackable: true,
  allowed: true,
  slipPattern: '^\\d{12}$',
}

function check(row: ShipmentRow, drafts: Drafts, carrier: string | null = '59010') {
  return checkDraft({ row, draft: drafts[row.id] ?? {}, carrier, carriers: [YAMATO], typed: countTyped(drafts) })
}

describe('a slip number that was typed', () => {
  test.each([
    ['4000-0000-0011', null, null],
    ['４０００００００００１１', null, null],
    ['12345', 'slip_unlike', null],
    ['伝票', 'slip_invalid', null],
    ['', null, null],
  ])('%j is answered with %j and %j', (slip, complaint, warning) => {
    expect(check(ROW, { a: { slip } })).toEqual({ complaint, warning })
  })

  test('needs a carrier, and for an invoice in the parcel the day it was printed', () => {
    expect(check(ROW, { a: { slip: '400000000011' } }, null).complaint).toBe('carrier_needed')
    expect(check(BUNDLED, { b: { slip: '400000000011' } }).complaint).toBe('bill_day_needed')
    expect(check(BUNDLED, { b: { slip: '400000000011', billDay: '2026-11-25' } }).complaint).toBeNull()
    expect(check(PRINTED, { p: { slip: '400000000011' } }).complaint).toBeNull()
    expect(check(PRINTED, { p: { slip: '400000000011', billDay: '' } }).complaint).toBe('bill_day_needed')
  })

  test('is told when another row has it too, with or without hyphens', () => {
    expect(check(ROW, { a: { slip: '400000000011' }, b: { slip: '4000-0000-0011' } }).warning).toBe('slip_twice')
  })
})

test('a column pasted into a row fills the rows below it', () => {
  expect(spread('1\r\n2\t x\n', [ROW, BUNDLED], 0, {})).toEqual({ a: { slip: '1' }, b: { slip: '2' } })
  expect(spread('1', [ROW], 0, {})).toBeUndefined()
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PayoutRow } from '@choba/shared/contracts/payouts.ts'
import { openPayoutHouse, type PayoutHouse } from '../../testing/payout-house.ts'

let house: PayoutHouse

beforeAll(async () => {
  house = await openPayoutHouse('2026-11-25')
})
afterAll(() => house.close())

async function read<T>(path: string): Promise<T> {
  return (await (await house.accountant.get(path)).json()) as T
}

test('what a person said of a file’s columns is remembered for the next file of its contract', async () => {
  const mapping = { gross: '立替元金', npTransactionId: '立替番号' }
  const text = '番号,立替番号,加盟店取引ID,立替元金,NP手数料,手数料消費税\r\n1,26111800099,A-99,5500,465,46\r\n'
  const file = { number: 'NP-MAPPED', closingOn: '2027-03-05', payOn: '2027-03-12' }
  const sources = () =>
    read<{ items: Array<{ method: string; mapping: Record<string, string> }> }>('/api/payouts/files/sources')
  expect((await sources()).items).toMatchObject([{ method: 'np_postpaid', mapping: {} }])
  expect(await (await house.bring({ ...file, text, mapping })).json()).toEqual({ result: 'taken' })
  expect((await sources()).items).toMatchObject([{ method: 'np_postpaid', mapping }])

  const listed = await read<{ items: PayoutRow[] }>('/api/payouts?source=file')
  expect(listed.items[0]).toMatchObject({ statementNumber: 'NP-MAPPED', state: 'closed' })
  const told = await read<{ items: PayoutRow[] }>('/api/payouts?source=provider')
  expect(told.items.some((row) => row.statementNumber === 'NP-MAPPED' || row.state === 'expected')).toBe(false)
})

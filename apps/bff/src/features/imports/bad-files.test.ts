import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImportRow, ImportRun } from '@choba/shared/contracts/imports.ts'
import { missingFields } from '@choba/shared/imports/kinds.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { codeWords } from '@choba/shared/imports/fault-words.ts'
import { BAD_FILES, type BadFile } from '../../testing/bad-files.ts'
import { openShop, type Shopkeeper } from '../../testing/shopkeeper.ts'

let shop: Shopkeeper
beforeAll(async () => {
  shop = await openShop()
  await shop.deps.db.owner
    .updateTable('connection')
    .set({ methods: ['card', 'np_postpaid', 'convenience_store'] })
    .where('connectionId', '=', shop.connectionId)
    .execute()
})
afterAll(() => shop.close())

async function bring({ bytes }: BadFile): Promise<Response> {
  const body = typeof bytes === 'function' ? bytes() : new Uint8Array(bytes)
  return shop.app.request(`/api/imports/files?kind=history&shop=${shop.shopIds[0]}&name=bad.csv`, {
    method: 'POST',
    body,
    headers: { Cookie: shop.client.cookie, 'Content-Type': 'text/csv', 'Sec-Fetch-Site': 'same-origin' },
    ...(typeof bytes === 'function' && { duplex: 'half' }),
  } as RequestInit)
}

async function kept(): Promise<{ runs: number; rows: number; payments: number }> {
  const { rows } = await shop.deps.db.pool.query(
    `select (select count(*)::int from import_run) as runs, (select count(*)::int from import_row) as rows, (select count(*)::int from payment) as payments`,
  )
  return rows[0]
}

async function get<T>(path: string): Promise<T> {
  return (await (await shop.client.get(path)).json()) as T
}

function outcomeOf({ state, faults }: ImportRow): string {
  const said = faults.map(({ field, code }) => `${field} ${code}`).join(', ')
  return said === '' ? state : `${state} ${said}`
}

describe.each(BAD_FILES)('$name', (file) => {
  test('is read as specified, or refused with nothing of it kept', async () => {
    const before = await kept()
    const response = await bring(file)
    const answer = (await response.json()) as {
      run?: ImportRun
      error?: { code: string; details: { reason: string; line: number | null } }
    }
    if (file.refused !== undefined) {
      const { reason = answer.error?.code ?? '', line = null } = answer.error?.details ?? {}
      expect(`${reason}${line === null ? '' : ` ${line}`}`).toBe(file.refused)
      for (const language of ['ja', 'en'] as const)
        expect(label(language, 'import_unreadable', reason) + label(language, 'error', reason)).not.toBe(
          reason + reason,
        )
      expect(await kept()).toEqual(before)
      return
    }
    const id = answer.run?.id ?? ''
    await shop.work()
    const run = await get<ImportRun>(`/api/imports/${id}`)
    if (file.encoding !== undefined) expect(run.encoding).toBe(file.encoding)
    expect(missingFields('history', run.mapping)).toEqual(file.missing ?? [])
    if (file.missing === undefined) {
      const { items } = await get<{ items: ImportRow[] }>(`/api/imports/${id}/rows`)
      expect(items.map(outcomeOf)).toEqual(file.rows)
      expect(items.map((item) => item.values)).toMatchObject(file.values ?? items.map(() => ({})))
      for (const { code } of items.flatMap((item) => item.faults)) expect(codeWords('ja', code)).not.toBe(code)
    }
    if (file.yen !== undefined)
      expect(await get(`/api/imports/${id}/totals`)).toMatchObject({ lines: [{ amountYen: file.yen }] })
    expect((await kept()).payments).toBe(0)
    // The next file may be the same one otherwise written: only what is standing holds its bytes.
    await shop.client.send('POST', `/api/imports/${id}/cancel`, {})
  })
})

test('the collection holds at least forty kinds', () => {
  expect(new Set(BAD_FILES.map((file) => file.name)).size).toBeGreaterThanOrEqual(40)
})

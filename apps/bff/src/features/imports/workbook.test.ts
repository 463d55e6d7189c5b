import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportRow } from '@choba/shared/contracts/imports.ts'
import { ZipFile } from 'yazl'
import { bringFile, getRun } from '../../testing/import-file.ts'
import { openShop, type Shopkeeper } from '../../testing/shopkeeper.ts'

let shop: Shopkeeper
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

async function workbook(rows: ReadonlyArray<readonly string[]>): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipFile()
  const cell = (text: string) =>
    /^\d{1,6}$/.test(text) ? `<c><v>${text}</v></c>` : `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const sheet = rows.map((cells, n) => `<row r="${n + 1}">${cells.map(cell).join('')}</row>`).join('')
  const parts = {
    'xl/workbook.xml': `<workbook ${NS} xmlns:r="r"><sheets><sheet name="売上" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet ${NS}><sheetData>${sheet}</sheetData></worksheet>`,
  }
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name)
  zip.end()
  return new Uint8Array(await buffer(zip.outputStream))
}

test('a workbook with a title above its header is brought in as it is', async () => {
  const run = await bringFile(
    shop,
    'history',
    await workbook([
      ['売上一覧'],
      ['注文番号', '注文日', '決済方法', '状態', '請求額', '電話番号'],
      ['A-1', '46296', 'カード', '売上', '1100', '0312345678'],
    ]),
  )
  expect(run).toMatchObject({ encoding: 'xlsx', state: 'preview', counts: { ready: 1 } })
  const { items } = (await (await shop.client.get(`/api/imports/${run.id}/rows`)).json()) as { items: ImportRow[] }
  expect(items).toMatchObject([
    { line: 3, values: { orderNumber: 'A-1', orderedAt: '46296', customerPhone: '0312345678' } },
  ])
  await shop.client.send('POST', `/api/imports/${run.id}/run`, {})
  await shop.work()
  expect(await getRun(shop, run.id)).toMatchObject({ state: 'done', counts: { done: 1 } })
})

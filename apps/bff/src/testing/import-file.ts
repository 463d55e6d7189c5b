/** A file brought in through the API, and looked at until it rests. */
import type { ImportRun } from '@choba/shared/contracts/imports.ts'
import type { Shopkeeper } from './shopkeeper.ts'

export async function bringFile(shop: Shopkeeper, kind: string, lines: readonly string[]): Promise<ImportRun> {
  const response = await shop.app.request(`/api/imports/files?kind=${kind}&shop=${shop.shopIds[0]}&name=list.csv`, {
    method: 'POST',
    body: new TextEncoder().encode(lines.join('\n')),
    headers: { Cookie: shop.client.cookie, 'Content-Type': 'text/csv', 'Sec-Fetch-Site': 'same-origin' },
  })
  if (!response.ok) throw new Error(await response.text())
  const { run } = (await response.json()) as { run: ImportRun }
  await shop.work()
  return getRun(shop, run.id)
}

export async function getRun(shop: Shopkeeper, id: string): Promise<ImportRun> {
  return (await (await shop.client.get(`/api/imports/${id}`)).json()) as ImportRun
}

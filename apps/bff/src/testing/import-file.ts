/** A file brought in through the API, and looked at until it rests. */
import type { ImportRun } from '@choba/shared/contracts/imports.ts'
import type { Shopkeeper } from './shopkeeper.ts'

export async function bringFile(
  shop: Shopkeeper,
  kind: string,
  content: readonly string[] | Uint8Array<ArrayBuffer>,
): Promise<ImportRun> {
  const response = await shop.app.request(`/api/imports/files?kind=${kind}&shop=${shop.shopIds[0]}&name=list.csv`, {
    method: 'POST',
    body: content instanceof Uint8Array ? content : new TextEncoder().encode(content.join('\n')),
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

/** The connection-support page: what was received, and the result the tester wants. */
import type { Context } from 'hono'
import { frame, markup } from './html.ts'
import { layoutOf } from './pages.ts'
import type { ReadRequest } from './read-request.ts'

const RESULTS = markup`<button type="submit" name="result" value="OK">成功を返す / Return OK</button><button type="submit" name="result" value="NG">失敗を返す / Return NG</button><button type="submit" name="result" value="cancel" class="quiet">キャンセル / Cancel</button>`

/** Where the tester's wish goes: a purchase can also end at once with a result. */
export type Wish = '/Extra/go' | '/Extra/register'

export function supportPage(request: ReadRequest, body: Uint8Array, wish: Wish = '/Extra/go'): string {
  const { values, rows, checksumHolds, fault, payMethods } = request
  const fields = Object.entries(values).map(([tag, text]) => markup`<tr><td>${tag}</td><td>${text}</td></tr>`)
  const details = rows.flatMap((row, index) =>
    Object.entries(row).map(([tag, text]) => markup`<tr><td>${tag} [${index + 1}]</td><td>${text}</td></tr>`),
  )
  const sent = Buffer.from(body).toString('base64')
  const buttons = fault
    ? markup`<p class="error">${fault.errorCode} (${fault.tag})</p>`
    : markup`<form method="post" action="${wish}"><input type="hidden" name="request" value="${sent}">
<button type="submit" name="result" value="page">お客様の画面へ / Go to the page</button>${wish === '/Extra/go' ? RESULTS : { html: '' }}</form>`
  return frame(
    layoutOf(values),
    '接続支援サイト / Connection support',
    markup`<h1>受信した要求</h1><p>チェックサム / checksum: ${checksumHolds ? 'OK' : 'NG'}</p><p>${payMethods.join(', ')}</p>`,
    markup`${buttons}<table><tr><th>項目 / field</th><th>値 / value</th></tr>${[...fields, ...details]}</table>`,
  )
}

/** The same request again, byte for byte, with what the tester pressed. */
export async function readTestedRequest(c: Context): Promise<{ body: Uint8Array; result: string }> {
  const form = new URLSearchParams(await c.req.text())
  return { body: Buffer.from(form.get('request') ?? '', 'base64'), result: form.get('result') ?? '' }
}

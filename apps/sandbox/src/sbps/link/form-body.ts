import { decodeLinkForm } from '@choba/wire/sbps/form.ts'
import type { Values } from '@choba/wire/sbps/message.ts'
import type { Context } from 'hono'

/** A body, or the query string of a GET. */
export async function formBytes(c: Context): Promise<Uint8Array> {
  if (c.req.method === 'POST') return new Uint8Array(await c.req.arrayBuffer())
  return new TextEncoder().encode(new URL(c.req.url).search.slice(1))
}

/** Any form of these pages, in Shift_JIS. */
export async function entries(c: Context): Promise<Values> {
  const read = decodeLinkForm('A01-1', await formBytes(c), '')
  return read.ok ? read.values : {}
}

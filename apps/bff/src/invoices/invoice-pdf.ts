/** Invoices as one PDF, page by page: what is drawn is sent on before the next page is drawn. */
import { setImmediate } from 'node:timers/promises'
import type { Invoice } from './invoice.ts'
import { drawInvoice } from './invoice-page.ts'
import { openPaper } from './paper.ts'

export function invoicesPdf(
  invoices: Iterable<Invoice> | AsyncIterable<Invoice>,
  about: { readonly title: string; readonly createdAt: Date },
): ReadableStream<Uint8Array> {
  return ReadableStream.from(bytesOf(invoices, about))
}

async function* bytesOf(
  invoices: Iterable<Invoice> | AsyncIterable<Invoice>,
  { title, createdAt }: { readonly title: string; readonly createdAt: Date },
): AsyncGenerator<Uint8Array> {
  const paper = openPaper(title, createdAt)
  const drawn: Uint8Array[] = []
  paper.pdf.on('data', (bytes: Uint8Array) => drawn.push(bytes))
  for await (const invoice of invoices) {
    drawInvoice(paper, invoice)
    // A thousand pages take seconds; others are served in between.
    await setImmediate()
    yield* drawn.splice(0)
  }
  const ended = new Promise((resolve) => paper.pdf.on('end', resolve))
  paper.pdf.end()
  await ended
  yield* drawn
}

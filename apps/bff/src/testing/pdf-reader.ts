/** Reads back a PDF that pdfkit wrote: the lines of text of each page and its filled bars, by what stands in the bytes. */
import { inflateSync } from 'node:zlib'

export type ReadPage = {
  /** In the order in which they were written. */
  readonly lines: readonly string[]
  /** Left edge and width of each filled rectangle, in points, from left to right. */
  readonly bars: ReadonlyArray<{ readonly x: number; readonly width: number; readonly height: number }>
}

export function readPdf(bytes: Uint8Array): ReadPage[] {
  const objects = objectsOf(Buffer.from(bytes).toString('latin1'))
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head))
  return pages.map(({ head }) => {
    const content = streamOf(objects, referenceIn(head, 'Contents'))
    const resources = objects.get(referenceIn(head, 'Resources'))?.head ?? ''
    const fonts = new Map<string, ReadonlyMap<string, string>>()
    for (const [, name = '', id = ''] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = referenceIn(objects.get(id)?.head ?? '', 'ToUnicode')
      fonts.set(name, characterMap(streamOf(objects, unicode)))
    }
    return { lines: linesOf(content, fonts), bars: barsOf(content) }
  })
}

type PdfObject = { readonly head: string; readonly stream: string | undefined }

function objectsOf(pdf: string): Map<string, PdfObject> {
  const objects = new Map<string, PdfObject>()
  for (const [, id = '', body = ''] of pdf.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const start = body.indexOf('\nstream\n')
    objects.set(
      id,
      start < 0
        ? { head: body, stream: undefined }
        : { head: body.slice(0, start), stream: body.slice(start + 8, body.lastIndexOf('\nendstream')) },
    )
  }
  return objects
}

function referenceIn(head: string, key: string): string {
  return new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1] ?? ''
}

function streamOf(objects: ReadonlyMap<string, PdfObject>, id: string): string {
  const { head, stream } = objects.get(id) ?? {}
  if (head === undefined || stream === undefined) throw new Error(`object ${id} is no stream`)
  return head.includes('/FlateDecode') ? inflateSync(Buffer.from(stream, 'latin1')).toString('latin1') : stream
}

/** Glyph numbers of the subset to characters, from the map that lets a reader copy text. */
function characterMap(map: string): Map<string, string> {
  const characters = new Map<string, string>()
  for (const [, first = '0', , list = ''] of map.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/g)) {
    ;[...list.matchAll(/<([0-9a-f ]*)>/g)].forEach(([, codes = ''], index) => {
      const units = codes.replaceAll(' ', '').match(/.{4}/g) ?? []
      const glyph = (Number.parseInt(first, 16) + index).toString(16).padStart(4, '0')
      characters.set(glyph, String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))))
    })
  }
  return characters
}

function linesOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] {
  return [...content.matchAll(/\/(F\d+) [\d.]+ Tf\n\[([^\]]*)\] TJ/g)].map(([, font = '', shown = '']) =>
    [...shown.matchAll(/<([0-9a-f]*)>/g)]
      .flatMap(([, glyphs = '']) => glyphs.match(/.{4}/g) ?? [])
      .map((glyph) => fonts.get(font)?.get(glyph) ?? '\ufffd')
      .join(''),
  )
}

function barsOf(content: string): ReadPage['bars'] {
  const filled = /((?:[\d.]+ [\d.]+ [\d.]+ [\d.]+ re\n)+)(?:\/\w+ cs\n[\d. ]+ scn\n)?f\n/.exec(content)?.[1] ?? ''
  return [...filled.matchAll(/([\d.]+) [\d.]+ ([\d.]+) ([\d.]+) re/g)].map(([, x, width, height]) => ({
    x: Number(x),
    width: Number(width),
    height: Number(height),
  }))
}

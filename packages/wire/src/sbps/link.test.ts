import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCp932 } from '../cp932.ts'
import { checksumsEqual, utf8Checksum, utf8ChecksumHolds } from './checksum.ts'
import { decodeLinkForm, encodeLinkForm, linkFormPairs } from './form.ts'
import { LINK_LAYOUTS, type LinkFunction } from './link-fields.ts'

const KEY = 'k'.repeat(40)
const word = fc
  .array(fc.constantFrom(...'abc012+%&=~,帳場ア①髙～'), { maxLength: 10 })
  .map((letters) => letters.join(''))

describe('Link forms', () => {
  it.each(Object.keys(LINK_LAYOUTS) as LinkFunction[])('%s reads back what was written', (fn) => {
    const layout = LINK_LAYOUTS[fn]
    fc.assert(
      fc.property(fc.infiniteStream(word), fc.nat(layout.detail.length > 0 ? 3 : 0), (words, rowCount) => {
        const fill = (tags: readonly string[]) =>
          Object.fromEntries(tags.map((tag) => [tag, words.next().value as string]))
        const message = {
          values: fill([...layout.head, ...layout.tail]),
          rows: Array.from({ length: rowCount }, () => fill(layout.detail)),
        }
        const written = encodeLinkForm(fn, message, KEY)
        if (!written.ok) throw new Error(JSON.stringify(written))
        const read = decodeLinkForm(fn, written.bytes, KEY)
        if (!read.ok) throw new Error(JSON.stringify(read))
        const { sps_hashcode: _, ...values } = read.values
        expect({ values, rows: read.rows.map((row) => ({ ...row })) }).toEqual(message)
        expect(read.checksumHolds).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('take a request that leaves empty tags out', () => {
    const pairs = linkFormPairs('A01-1', { values: { merchant_id: '99901', amount: '1080' } }, KEY)
    const body = pairs
      .filter(([, text]) => text !== '')
      .map(([tag, text]) => `${tag}=${text}`)
      .join('&')
    expect(decodeLinkForm('A01-1', Buffer.from(body), KEY)).toMatchObject({ ok: true, checksumHolds: true })
  })

  it('hold for a sender who hashed the other Unicode spelling of a wave dash and a minus', () => {
    const sent = ['春〜夏', '1−2', '～']
    const received = ['春～夏', '1－2', '～']
    expect(utf8ChecksumHolds(received, KEY, utf8Checksum(['春〜夏', '1－2', '〜'], KEY))).toBe(true)
    expect(utf8ChecksumHolds(received, KEY, utf8Checksum(sent.slice(0, 2), KEY))).toBe(false)
  })

  it('hash received Shift_JIS bytes, not a second spelling of the same letter', () => {
    // 髙 has two codes in Windows-31J; an encoder would write 0xFBFC, this sender wrote 0xEEE0.
    expect(Buffer.from(encodeCp932('髙').bytes).toString('hex')).toBe('fbfc')
    const nec = Buffer.from([0xee, 0xe0])
    const body = `item_name=%EE%E0&sps_hashcode=${sha1(Buffer.concat([nec, Buffer.from(KEY)]))}`
    expect(decodeLinkForm('A03-1', Buffer.from(body), KEY)).toMatchObject({ ok: true, checksumHolds: true })
  })

  it('compare checksums whatever their case', () => {
    expect(checksumsEqual('AbC', ' aBc')).toBe(true)
    expect(checksumsEqual('abc', 'abd')).toBe(false)
  })

  it('name a tag that comes twice and text that is no Shift_JIS', () => {
    expect(decodeLinkForm('A01-1', Buffer.from('amount=1&amount=2'), KEY)).toEqual({
      ok: false,
      reason: 'duplicate',
      tag: 'amount',
    })
    expect(decodeLinkForm('A01-1', Buffer.from('item_name=%82'), KEY)).toMatchObject({ ok: false, reason: 'charset' })
  })

  it('never throw on garbage', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 120 }),
          fc.string({ unit: 'grapheme-ascii' }).map((s) => Buffer.from(s)),
        ),
        (bytes) => {
          for (const fn of ['A01-1', 'A02-1', 'A03-1'] as const) {
            const read = decodeLinkForm(fn, bytes, KEY)
            expect(read.ok === true || typeof read.reason === 'string').toBe(true)
          }
        },
      ),
      { numRuns: 800 },
    )
  })
})

function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex')
}

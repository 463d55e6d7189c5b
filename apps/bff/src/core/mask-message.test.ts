import { createCipheriv } from 'node:crypto'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { readableMessage } from './mask-message.ts'

function masked(text: string, contentType: string): string {
  return readableMessage(Buffer.from(text), contentType)
}

test('masks the private fields of JSON and leaves the rest as it was written', () => {
  const body =
    '{"results": [{"shop_transaction_id":"A-1", "customer": {"customer_name":"山田 \\"T\\" 太郎","customer_name_kana": "ヤマダ","tel":"03-1234-5678","email":"t@example.jp","zip_code":"1000001","company_name":""},"billed_amount":11000}]}'
  expect(masked(body, 'application/json')).toBe(
    '{"results": [{"shop_transaction_id":"A-1", "customer": {"customer_name":"***","customer_name_kana": "***","tel":"***","email":"***","zip_code":"***","company_name":""},"billed_amount":11000}]}',
  )
})

test('masks forms field by field', () => {
  expect(
    masked(
      'order_id=A-1&tel=0312345678&mail=t%40example.jp&token=abc&amount=11000&item_name=tea',
      'application/x-www-form-urlencoded',
    ),
  ).toBe('order_id=A-1&tel=***&mail=***&token=***&amount=11000&item_name=tea')
})

test('keeps what the provider encrypted, but not a name that is only base64', () => {
  const cipher = createCipheriv('des-ede3-cbc', 'choba-test-3des-key-0024', 'test--iv')
  const secret = Buffer.concat([cipher.update(iconv.encode('山田 太郎', 'cp932')), cipher.final()]).toString('base64')
  const plain = iconv.encode('山田太郎山田太郎', 'cp932').toString('base64')
  expect(
    masked(
      `<a><last_name>${secret}</last_name><first_name>${plain}</first_name><item_name>${plain}</item_name></a>`,
      'text/xml',
    ),
  ).toBe(`<a><last_name>${secret}</last_name><first_name>***</first_name><item_name>${plain}</item_name></a>`)
})

test('masks an e-mail address and a telephone number wherever they stand', () => {
  expect(masked('order A-1, t.yamada@mail.example.jp, 090-1234-5678, 2026-10-01', 'text/plain')).toBe(
    'order A-1, ***, ***, 2026-10-01',
  )
})

test('reads Shift_JIS as code page 932, and bytes that are no text without failing', () => {
  expect(readableMessage(iconv.encode('<note>髙橋①</note>', 'cp932'), 'text/xml; charset=Shift_JIS')).toBe(
    '<note>髙橋①</note>',
  )
  expect(readableMessage(Buffer.from([0xff, 0xfe, 0x00]), '')).toHaveLength(3)
})

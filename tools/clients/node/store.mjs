/** Convenience store by the API type: a slip is issued, and its deposit notices come to the shop's own server. */
import { createServer } from 'node:http'
import { clientOfEnvironment } from './sbps.mjs'

const client = clientOfEnvironment()
const notices = []

const server = createServer((request, response) => {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    const xml = new TextDecoder('shift_jis').decode(Buffer.concat(parts))
    const id = /<sps-api-request id="([\w-]+)"/.exec(xml)?.[1]
    notices.push({ name: id, ...client.read(xml, true) })
    response.writeHead(200, { 'Content-Type': 'text/xml; charset=Shift_JIS' })
    response.end(
      `<?xml version="1.0" encoding="Shift_JIS"?><sps-api-response id="${id}"><res_result>OK</res_result></sps-api-response>`,
    )
    // 3: the definite report.
    if (notices.at(-1).rec_type === '3') response.on('finish', finish)
  })
})

function finish() {
  console.log(JSON.stringify(notices))
  process.exit(0)
}

server.listen(Number(process.env.NOTICE_PORT), '127.0.0.1', () => void issue())

async function issue() {
  const issued = await client.call('ST01-00101-701', {
    cust_code: 'SHOP-CUSTOMER-2',
    order_id: 'THIRD-STORE-1',
    item_id: 'TEA',
    item_name: 'ほうじ茶',
    amount: '2160',
    pay_method_info: {
      issue_type: '0',
      last_name: '髙橋',
      first_name: '花子',
      last_name_kana: 'タカハシ',
      first_name_kana: 'ハナコ',
      tel: '0312345678',
      mail: 'paynow+third@example.jp',
      webcvstype: '016',
      bill_date: '20260814',
    },
    encrypted_flg: '1',
  })
  console.log(JSON.stringify([{ name: 'issue', ...issued }]))
}

/** Card by the API type: token in the browser, authorization, confirmation, capture, refund of a part and of the rest. */
import { runInNewContext } from 'node:vm'
import { clientOfEnvironment, japanTime } from './sbps.mjs'

const client = clientOfEnvironment()
const steps = []

/** The provider's script runs in the customer's browser; this is as little of one as it needs. */
async function makeToken() {
  const src = `${client.url}/sbpstoken/com_sbps_system_token.js`
  const window = {}
  runInNewContext(await (await fetch(src)).text(), { window, document: { currentScript: { src } }, fetch, URL })
  return new Promise((resolve) =>
    window.com_sbps_system.generateToken(
      {
        merchantId: client.merchantId,
        serviceId: client.serviceId,
        ccNumber: '5555555555554444',
        ccExpiration: '203012',
        securityCode: '123',
      },
      resolve,
    ),
  )
}

async function step(name, functionId, fields) {
  const answer = await client.call(functionId, fields)
  steps.push({ name, ...answer })
  return answer
}

const { result, tokenResponse } = await makeToken()
steps.push({ name: 'token', res_result: result })
const { res_tracking_id: trackingId } = await step('authorize', 'ST01-00131-101', {
  cust_code: 'SHOP-CUSTOMER-1',
  order_id: 'THIRD-CARD-1',
  item_id: 'TEA',
  item_name: '銘茶〜詰合せ',
  amount: '3300',
  free1: '店舗①',
  sps_cust_info_return_flg: '0',
  dtls: {
    dtl: { dtl_rowno: '1', dtl_item_id: 'TEA-1', dtl_item_name: '煎茶', dtl_item_count: '1', dtl_amount: '3300' },
  },
  pay_method_info: { dealings_type: '10' },
  pay_option_manage: { token: tokenResponse.token, token_key: tokenResponse.tokenKey, cardbrand_return_flg: '1' },
  encrypted_flg: '1',
})
const ids = { tracking_id: trackingId, processing_datetime: japanTime() }
await step('confirm', 'ST02-00101-101', ids)
await step('capture', 'ST02-00201-101', { ...ids, pay_option_manage: { amount: '3000' } })
await step('refund a part', 'ST02-00307-101', { ...ids, pay_option_manage: { amount: '1000', refund_rowno: '1' } })
await step('refund the rest', 'ST02-00307-101', { ...ids, pay_option_manage: { amount: '2000', refund_rowno: '2' } })
await step('refund too much', 'ST02-00307-101', { ...ids, pay_option_manage: { amount: '1', refund_rowno: '3' } })
await step('inquire', 'MG01-00101-101', { tracking_id: trackingId, response_info_type: '2', encrypted_flg: '1' })
console.log(JSON.stringify(steps))

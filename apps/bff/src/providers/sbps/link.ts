/** SBPS's Link type: the purchase request a browser takes to its page, and the two ways a result comes back (sbps-protocol 1). */
import { createHash } from 'node:crypto'
import { jstCompact } from '@choba/shared/dates.ts'
import { METHODS } from '@choba/shared/methods.ts'
import { toFullWidth } from '@choba/shared/checks/np-limits.ts'
import { linkFormPairs } from '@choba/wire/sbps/form.ts'
import { encodeFreeCsv } from '@choba/wire/sbps/free-csv.ts'
import { encodeLinkAck } from '@choba/wire/sbps/link-result.ts'
import { type Connection, secretOf, textSetting } from '../../core/connection.ts'
import type { HostedForm, HostedOrder, HostedPage } from '../hosted-page.ts'
import { payMethodOf } from './link-methods.ts'
import { readLinkResult } from './link-result.ts'
import { stopSimple } from './link-stop.ts'
import { linkStanding } from './link-standing.ts'
import { cutToBytes, splitName, writable } from './order-fields.ts'

const PURCHASE_PATH = '/f01/FepBuyInfoReceive.do'
const ITEM_NAME_BYTES = 40
const ONE_TIME = '0'
const SIMPLE_RECURRING = '1'
const SALE = '0'
const MOBILE_PHONE = '1'
const PC_OR_SMARTPHONE = '0'

export const sbpsLink: HostedPage = {
  methodsOf: ({ methods }) => METHODS.filter((method) => methods.includes(method)),
  purchase,
  readNotice: (connection, body) => readLinkResult(connection, 'A02-1', body),
  readReturn: (connection, body) => readLinkResult(connection, 'A03-1', body),
  standing: linkStanding,
  stop: stopSimple,
  acknowledge: (refusal) => ({
    contentType: 'text/plain; charset=Shift_JIS',
    body: encodeLinkAck({ accepted: refusal === null, reason: refusal ?? '' }),
  }),
}

function purchase(connection: Connection, order: HostedOrder): HostedForm {
  const values = {
    pay_method: order.methods.map((method) => payMethodOf(connection, method)).join(','),
    merchant_id: textSetting(connection, 'merchantId'),
    service_id: textSetting(connection, 'serviceId'),
    cust_code: customerCode(order),
    order_id: order.orderNumber,
    item_id: 'order',
    item_name: cutToBytes(writable(order.itemName), ITEM_NAME_BYTES),
    tax: String(order.taxYen),
    amount: String(order.amountYen),
    ...billingFields(order.recurring),
    service_type: SALE,
    terminal_type: order.isMobilePhone ? MOBILE_PHONE : PC_OR_SMARTPHONE,
    success_url: order.urls.success,
    cancel_url: order.urls.cancel,
    error_url: order.urls.error,
    pagecon_url: order.urls.notice,
    free_csv: freeCsvOf(order),
    request_date: jstCompact(order.requestedAt),
    limit_second: '600',
  }
  return {
    action: `${connection.baseUrl}${PURCHASE_PATH}`,
    fields: linkFormPairs('A01-1', { values }, secretOf(connection, 'hashKey')),
  }
}

/** Simple recurring: charged monthly by SBPS, in advance (sbps-protocol 1.2, 4). */
function billingFields(recurring: HostedOrder['recurring']): Record<string, string> {
  if (recurring === null) return { pay_type: ONE_TIME }
  return {
    pay_type: SIMPLE_RECURRING,
    auto_charge_type: '1',
    div_settele: '0',
    last_charge_month: recurring.lastMonth?.replace('-', '') ?? '',
    camp_type: recurring.firstMonth === 'free' ? '1' : '0',
  }
}

/** The same customer has the same code at the provider, and the code tells nothing about them. */
function customerCode({ customer, orderNumber }: HostedOrder): string {
  const known = customer.email === '' && customer.phone === '' ? orderNumber : `${customer.email}|${customer.phone}`
  const digest = createHash('sha256').update(`${known}|${customer.name}`).digest('hex')
  return `C${digest.slice(0, 31)}`
}

/** Convenience stores take name, telephone and mail; the postal address is what NP needs, by assumed keys. */
function freeCsvOf({ customer, methods }: HostedOrder): string {
  const needsPerson = methods.includes('convenience_store') || methods.includes('np_postpaid')
  if (!needsPerson) return ''
  const [lastName, firstName] = splitName(writable(toFullWidth(customer.name)))
  const base = {
    LAST_NAME: lastName,
    FIRST_NAME: firstName,
    TEL: customer.phone.replaceAll('-', ''),
    MAIL: customer.email,
  }
  if (!methods.includes('np_postpaid')) return encodeFreeCsv(base)
  return encodeFreeCsv({
    ...base,
    NAME_KANA: writable(toFullWidth(customer.kana)),
    ZIP: customer.zip.replace('-', ''),
    ADDRESS: writable(toFullWidth(customer.address)),
  })
}

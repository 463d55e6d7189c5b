/** The customer's side of a link: the page that leads to the provider, and the one the customer comes back to. */
import type { Site } from '@choba/shared/methods.ts'
import type { PaymentLinkState } from '@choba/shared/states/payment-link.ts'
import { taxesOf } from '@choba/shared/tax.ts'
import { yen } from '@choba/shared/money.ts'
import type { Connection } from '../../core/connection.ts'
import { findConnection } from '../../db/connections.ts'
import type { HostedForm } from '../../providers/hosted-page.ts'
import { doubt } from './link-doubt.service.ts'
import {
  addEvent,
  changeLink,
  countEvents,
  findLinkByToken,
  findShopName,
  type LinkRecord,
  lockLink,
} from './payment-link.queries.ts'
import { isLive, type LinkDeps } from './payment-links.service.ts'

/** What a customer is shown; never more than who holds the address may know. */
export type PayPage = {
  readonly shop: string
  readonly orderNumber: string
  readonly itemName: string
  readonly amountYen: number
  readonly state: PaymentLinkState
  readonly method: LinkRecord['method']
}

export type Opened =
  | { readonly kind: 'missing' }
  | { readonly kind: 'closed'; readonly page: PayPage }
  | { readonly kind: 'form'; readonly page: PayPage; readonly form: HostedForm; readonly isMobilePhone: boolean }

export const RETURNS = ['success', 'cancel', 'error'] as const
export type Return = (typeof RETURNS)[number]

/** Anyone can open an address again and again; the history keeps the first so many. */
const MOST_EVENTS = 50
const MOBILE_PHONE = /DoCoMo\/|KDDI-|UP\.Browser|J-PHONE|Vodafone|SoftBank\/|MOT-|WILLCOM|DDIPOCKET/i
const SMARTPHONE = /iPhone|iPod|Android.*Mobile|Windows Phone|Mobile Safari/i

export function siteOf(userAgent: string): Extract<Site, 'pc' | 'smartphone' | 'mobile_phone'> {
  if (MOBILE_PHONE.test(userAgent)) return 'mobile_phone'
  return SMARTPHONE.test(userAgent) ? 'smartphone' : 'pc'
}

/** @param origin where this browser reached us: the provider sends it and its notices back there. */
export async function openPayPage(deps: LinkDeps, token: string, origin: string, userAgent: string): Promise<Opened> {
  const found = await findLinkByToken(deps.db.owner, token)
  if (found === undefined) return { kind: 'missing' }
  const { merchantId, connectionId } = found
  const db = deps.db.merchant(merchantId)
  const connection = await findConnection(db, deps, merchantId, connectionId)
  const hosted = connection && deps.providers[connection.provider]?.hostedPage
  if (connection === undefined || hosted === undefined) return { kind: 'missing' }
  const now = deps.providerClocks.now(connectionId)
  const site = siteOf(userAgent)
  const link = await db.transaction().execute(async (tx) => {
    const locked = (await lockLink(tx, merchantId, found.linkId)) ?? found
    if (!isLive(locked) || locked.expiresAt <= now) return locked
    const opening = { state: 'opened' as const, site, opens: locked.opens + 1, openedAt: locked.openedAt ?? now }
    await changeLink(tx, locked, opening)
    if (locked.opens < MOST_EVENTS) await addEvent(tx, locked, { at: now, kind: 'opened', detail: site })
    return { ...locked, ...opening }
  })
  const page = await pageOf(deps, link, now)
  if (!isLive(link) || link.expiresAt <= now) return { kind: 'closed', page }
  const isMobilePhone = site === 'mobile_phone'
  return {
    kind: 'form',
    page,
    isMobilePhone,
    form: hosted.purchase(connection, {
      ...orderOf(link),
      isMobilePhone,
      requestedAt: now,
      urls: urlsOf(connection, origin, token),
    }),
  }
}

function orderOf(link: LinkRecord) {
  const { orderNumber, amountYen, itemName, methods, customer, goods, recurring } = link
  const taxYen = taxesOf(goods, yen(amountYen)).reduce((sum, tax) => sum + tax.taxYen, 0)
  return { orderNumber, amountYen, itemName, methods, customer, taxYen, recurring }
}

function urlsOf(connection: Connection, origin: string, token: string) {
  const account = String(connection.settings['account'] ?? '')
  const back = `${origin}/pay/${token}`
  return {
    success: `${back}/success`,
    cancel: `${back}/cancel`,
    error: `${back}/error`,
    notice: `${origin}/notices/${connection.provider}-link/${account}`,
  }
}

/** The customer came back. What the browser says is checked and kept as information; the notice alone decides. */
export async function comeBack(
  deps: LinkDeps,
  token: string,
  way: Return,
  body: Uint8Array,
): Promise<{ readonly page: PayPage; readonly way: Return } | undefined> {
  const link = await findLinkByToken(deps.db.owner, token)
  if (link === undefined) return undefined
  const { merchantId, connectionId } = link
  const db = deps.db.merchant(merchantId)
  const connection = await findConnection(db, deps, merchantId, connectionId)
  const read =
    connection && body.length > 0
      ? deps.providers[connection.provider]?.hostedPage?.readReturn(connection, body)
      : undefined
  const isOurs = read?.kind === 'result' && read.orderNumber === link.orderNumber
  const now = deps.providerClocks.now(connectionId)
  // Giving up is not signed by anybody; of success and failure only what the provider signed is written down.
  if (isOurs || way === 'cancel') {
    await db.transaction().execute(async (tx) => {
      if ((await countEvents(tx, link, 'returned')) < MOST_EVENTS)
        await addEvent(tx, link, { at: now, kind: 'returned', detail: way })
      if (way === 'error' && link.paymentId !== null) await doubt(tx, link, now, 'error_page')
    })
  }
  return { page: await pageOf(deps, link, now), way }
}

async function pageOf(deps: LinkDeps, link: LinkRecord, now: Date): Promise<PayPage> {
  const { merchantId, shopId, orderNumber, itemName, amountYen, method } = link
  const { name } = await findShopName(deps.db.merchant(merchantId), merchantId, shopId)
  const state = isLive(link) && link.expiresAt <= now ? 'expired' : link.state
  return { shop: name, orderNumber, itemName, amountYen, state, method }
}

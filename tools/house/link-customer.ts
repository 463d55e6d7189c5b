/** A customer with a payment link in hand: which device it is, the way to the provider's page, and the card. */
import type { PaymentLinkDetail } from '../../packages/shared/src/contracts/payment-links.ts'
import { type Browser, openBrowser, type Page } from './browser.ts'
import type { LinkHouse } from './link-house.ts'

export const AGENTS = {
  pc: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
  smartphone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1',
  mobile_phone: 'DoCoMo/2.0 P903i(c100;TB;W24H12)',
} as const
export type Site = keyof typeof AGENTS
export const SITES = Object.keys(AGENTS) as Site[]
export const CARD = { cc_number: '4111111111111111', cc_year: '2029', cc_month: '12', security_code: '123' }
export const REFUSED_CARD = { ...CARD, cc_number: '4000000000000002' }

export type Visit = { readonly browser: Browser; readonly page: Page; readonly link: PaymentLinkDetail }

/** From the link's address to the provider's first page. */
export async function visit(house: LinkHouse, link: PaymentLinkDetail, site: Site = 'pc'): Promise<Visit> {
  const browser = openBrowser(AGENTS[site])
  const page = await browser.submit(await browser.open(house.addressOf(link)), '/f01/FepBuyInfoReceive.do')
  return { browser, page, link }
}

/** What a phone without scripts does, and what the page's script does for the others. */
export async function payByCard(
  house: LinkHouse,
  { browser, page }: Visit,
  site: Site = 'pc',
  card = CARD,
): Promise<Page> {
  if (site === 'mobile_phone') return browser.submit(page, '/credit', card)
  const answer = await fetch(`${house.sandboxUrl}/sbpstoken/tokens`, {
    method: 'POST',
    body: JSON.stringify({
      merchantId: '99901',
      serviceId: '101',
      ccNumber: card.cc_number,
      ccExpiration: card.cc_year + card.cc_month,
      securityCode: card.security_code,
    }),
  })
  const { tokenResponse } = (await answer.json()) as { tokenResponse: { token: string; tokenKey: string } }
  const { token, tokenKey } = tokenResponse
  return browser.submit(page, '/credit', { cc_number: '', security_code: '', token, token_key: tokenKey })
}

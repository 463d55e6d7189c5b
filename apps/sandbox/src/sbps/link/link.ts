/** The hosted page as a whole: its addresses, and the customer's way through it. */
import { dayOf } from '@choba/shared/dates.ts'
import { decodeFreeCsv } from '@choba/wire/sbps/free-csv.ts'
import type { Values } from '@choba/wire/sbps/message.ts'
import type { Context, Hono } from 'hono'
import type { SbpsAccount } from '../../accounts.ts'
import type { Deps } from '../../deps.ts'
import { accountId, type Sbps } from '../records.ts'
import { findContract, stopContract } from '../simple-recurring.ts'
import { ASK_SETTINGS, askMerchant, type AskSettings } from './ask-merchant.ts'
import { LINK_GUIDE, mountLinkConsole } from './console.ts'
import { entries, formBytes } from './form-body.ts'
import { LINK_HEADERS, LINK_STYLE } from './html.ts'
import { choicePage, donePage, errorPage, homeForm, layoutOf, methodPage, slipPage, stopPage } from './pages.ts'
import { type Attempt, attemptPurchase, keepPurchase } from './purchase.ts'
import { readPurchaseRequest, type ReadRequest } from './read-request.ts'
import { accountOfSession, amendSession, createLink, type Link, type LinkSession, startSession } from './records.ts'
import { browserPairs, resultValues } from './results.ts'
import { CARD_SCRIPT, HOME_SCRIPT } from './scripts.ts'
import { mountRegistration } from './registration.ts'
import { readTestedRequest, supportPage } from './support.ts'

/** What a merchant that did not say OK in time makes of a purchase; its number is not public: assumed. */
const NOT_ACKNOWLEDGED = '99994999'

export function mountLink(app: Hono, sbps: Sbps, deps: Deps, settings: AskSettings = ASK_SETTINGS): void {
  const link = createLink(sbps, deps)
  deps.guide.push(...LINK_GUIDE)
  mountLinkConsole(app, link)
  mountRegistration(app, link, settings)
  app.get('/f01/style.css', (c) => c.body(LINK_STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  app.get('/f01/card.js', (c) => c.body(CARD_SCRIPT, 200, { 'Content-Type': 'application/javascript; charset=utf-8' }))
  app.get('/f01/home.js', (c) => c.body(HOME_SCRIPT, 200, { 'Content-Type': 'application/javascript; charset=utf-8' }))

  app.on(['GET', 'POST'], '/f01/FepBuyInfoReceive.do', async (c) => {
    const request = readPurchaseRequest(sbps, await formBytes(c))
    if (request.fault || !request.account) return fail(c, request)
    const session = open(link, request.account, request)
    return isStop(session) ? html(c, stopPage(stageOf(link, session))) : onlyMethod(c, link, session)
  })
  app.on(['GET', 'POST'], '/Extra/BuyRequestAction.do', async (c) => {
    const body = await formBytes(c)
    return html(c, supportPage(readPurchaseRequest(sbps, body), body))
  })
  app.post('/Extra/go', async (c) => {
    const { body, result } = await readTestedRequest(c)
    const request = readPurchaseRequest(sbps, body)
    if (request.fault || !request.account) return fail(c, request)
    const session = open(link, request.account, request)
    if (result === 'OK') return pay(c, link, settings, session, session.payMethods[0] ?? '', testEntries(session))
    if (result === 'NG') return leave(c, link, settings, amendSession(link, session, { refusedBy: '10136999' }))
    return result === 'cancel' ? leave(c, link, settings, session) : onlyMethod(c, link, session)
  })

  app.get('/f01/choose/:id', (c) => withSession(c, link, (session) => html(c, choicePage(stageOf(link, session)))))
  app.post('/f01/choose/:id', (c) =>
    withSession(c, link, async (session) => {
      const { method = '' } = await entries(c)
      return session.payMethods.includes(method) ? showMethod(c, link, session, method) : onlyMethod(c, link, session)
    }),
  )
  app.post('/f01/pay/:id/:method', (c) =>
    withSession(c, link, async (session) => {
      const method = c.req.param('method') ?? ''
      if (!session.payMethods.includes(method)) return onlyMethod(c, link, session)
      return pay(c, link, settings, session, method, await entries(c))
    }),
  )
  app.post('/f01/stop/:id', (c) => withSession(c, link, (session) => stop(c, link, session)))
  app.post('/f01/leave/:id', (c) => withSession(c, link, (session) => leave(c, link, settings, session)))
}

function open(link: Link, account: SbpsAccount, { values, rows, payMethods }: ReadRequest): LinkSession {
  const startedAt = link.sbps.clock.now().toISOString()
  return startSession(link, { account: accountId(account), values, rows, payMethods, startedAt })
}

/** One method needs no choice. */
function onlyMethod(c: Context, link: Link, session: LinkSession): Response {
  const [first] = session.payMethods
  if (session.payMethods.length === 1 && first !== undefined) return showMethod(c, link, session, first)
  return html(c, choicePage(stageOf(link, session)))
}

function showMethod(c: Context, link: Link, session: LinkSession, method: string): Response {
  const prefilled = decodeFreeCsv(session.values['free_csv'] ?? '') ?? {}
  const year = Number(dayOf(link.sbps.clock.now()).slice(0, 4))
  return html(c, methodPage(stageOf(link, session), method, prefilled, year))
}

/** Tries to pay, tells the merchant while the customer waits, and fixes or undoes it by the answer. */
async function pay(
  c: Context,
  link: Link,
  settings: AskSettings,
  session: LinkSession,
  method: string,
  entered: Values,
): Promise<Response> {
  const account = accountOfSession(link, session)
  if (!account) return html(c, errorPage(layoutOf(session.values), '99914001', 'merchant_id'))
  link.sbps.schedule.tick()
  const attempt = attemptPurchase(link, account, session, method, entered)
  if ('errorCode' in attempt)
    return showMethod(c, link, amendSession(link, session, { refusedBy: attempt.errorCode }), method)
  const { values, rows } = session
  const asking = amendSession(link, session, { state: 'asking' })
  const { payMethod, trackingId, payinfoKey } = attempt
  const now = link.sbps.clock.now()
  const said = resultValues(values, { result: 'OK', payMethod, trackingId, payinfoKey, now })
  const told = await askMerchant(link, account, said, rows, values['pagecon_url'] ?? '', settings)
  link.sbps.store.transaction(() => {
    if (told.accepted) {
      attempt.fix()
      keepPurchase(link, account, session, attempt)
    } else attempt.undo()
  })
  if (told.accepted)
    return arrive(c, link, account, amendSession(link, asking, { state: 'done', result: said }), attempt)
  const failed = resultValues(values, { result: 'NG', payMethod, errorCode: NOT_ACKNOWLEDGED, now })
  return goHome(
    c,
    link,
    account,
    amendSession(link, asking, { state: 'left', result: failed }),
    'お支払いは成立していません',
    'error_url',
  )
}

function arrive(c: Context, link: Link, account: SbpsAccount, session: LinkSession, attempt: Attempt): Response {
  const bill = link.sbps.bills.get(attempt.trackingId)
  if (!bill) return goHome(c, link, account, session, 'お支払いの手続きが完了しました', 'success_url')
  // The numbers are to be read and noted: the customer goes on by hand.
  const home = homeForm(
    session.values['success_url'] ?? '',
    browserPairs(account, session.result ?? {}, session.rows),
    false,
  )
  const due = bill.billDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  const numbers = [bill.payData1, bill.payData2].filter((text) => text !== '')
  return html(
    c,
    slipPage(stageOf(link, session), [...numbers.map((text) => ['番号', text] as const), ['お支払い期限', due]], home),
  )
}

/** Before anything was refused the customer has cancelled; afterwards the purchase has failed, and the merchant is told. */
async function leave(c: Context, link: Link, settings: AskSettings, session: LinkSession): Promise<Response> {
  const account = accountOfSession(link, session)
  const { values, rows, refusedBy } = session
  if (!account || refusedBy === undefined) {
    amendSession(link, session, { state: 'left' })
    return c.redirect(values['cancel_url'] ?? '/', 303)
  }
  const payMethod = session.payMethods.length === 1 ? (session.payMethods[0] ?? '') : ''
  const failed = resultValues(values, { result: 'NG', payMethod, errorCode: refusedBy, now: link.sbps.clock.now() })
  await askMerchant(link, account, failed, rows, values['pagecon_url'] ?? '', settings)
  const left = amendSession(link, session, { state: 'left', result: failed })
  return goHome(c, link, account, left, 'お支払いは成立していません', 'error_url')
}

function isStop({ values }: LinkSession): boolean {
  return values['service_type'] === '1'
}

/** No more months are charged. The merchant's server is told by a notice of its own, the browser takes the same home. */
function stop(c: Context, link: Link, session: LinkSession): Response {
  const { values } = session
  const account = accountOfSession(link, session)
  const contract = account && findContract(link.sbps, account, values['tracking_id'] ?? '')
  if (!account || contract?.state !== 'active' || !isStop(session))
    return html(c, errorPage(layoutOf(values), '99957027', 'tracking_id'))
  const now = link.sbps.clock.now()
  link.sbps.store.transaction(() => stopContract(link.sbps, contract, now))
  const result = resultValues(values, { result: 'CR', payMethod: 'credit', trackingId: contract.trackingId, now })
  const done = amendSession(link, session, { state: 'done', result })
  return goHome(c, link, account, done, '毎月の課金を停止しました', 'success_url')
}

function goHome(
  c: Context,
  link: Link,
  account: SbpsAccount,
  session: LinkSession,
  text: string,
  to: 'success_url' | 'error_url',
): Response {
  const { values, rows, result = {} } = session
  const home = homeForm(values[to] ?? '', browserPairs(account, result, rows), layoutOf(values) === 'browser')
  return html(c, donePage(stageOf(link, session), text, home))
}

function withSession(
  c: Context,
  link: Link,
  work: (session: LinkSession) => Response | Promise<Response>,
): Response | Promise<Response> {
  const session = link.sessions.get(c.req.param('id') ?? '')
  // One purchase is fixed or given up once; a second press of the button changes nothing.
  if (session?.state !== 'paying') return html(c, errorPage('browser', '99912999', 'session'), 410)
  return work(session)
}

function stageOf(link: Link, session: LinkSession) {
  const account = accountOfSession(link, session)
  if (!account) throw new Error(`the account of session ${session.id} is gone`)
  return { layout: layoutOf(session.values), account, session }
}

function fail(c: Context, { fault, values }: ReadRequest): Response {
  return html(c, errorPage(layoutOf(values), fault?.errorCode ?? '99914001', fault?.tag ?? 'merchant_id'))
}

/** What the support page pays with. */
function testEntries({ values, payMethods }: LinkSession): Values {
  const sent = decodeFreeCsv(values['free_csv'] ?? '') ?? {}
  if (payMethods[0] === 'credit')
    return { cc_number: '4111111111111111', cc_year: '2099', cc_month: '12', security_code: '123' }
  return {
    last_name: sent['LAST_NAME'] || '試験',
    first_name: sent['FIRST_NAME'] || '花子',
    tel: sent['TEL'] || '0312345678',
    mail: sent['MAIL'] || 'test@example.jp',
    zip: sent['ZIP'] || '1000001',
    address: sent['ADDRESS'] || '東京都千代田区千代田1-1',
    webcvstype: '016',
  }
}

function html(c: Context, body: string, status: 200 | 410 = 200): Response {
  return c.body(body, status, { ...LINK_HEADERS })
}

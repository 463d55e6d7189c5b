/**
 * A customer's card on the provider's own page: registered or changed (B01-1), deleted (C01-1). Its address and fields
 * are public; the page's steps, and the addresses of deletion and application (D01-1), are assumed.
 */
import { dayOf } from '@choba/shared/dates.ts'
import { findLayout } from '@choba/wire/sbps/fields.ts'
import type { Values } from '@choba/wire/sbps/message.ts'
import type { Context, Hono } from 'hono'
import type { SbpsAccount } from '../../accounts.ts'
import { type Call, isRefused } from '../answer.ts'
import { accountId, type StoredCard } from '../records.ts'
import { deleteCard, findStoredCard, putBackCard, registerCard, updateCard } from '../stored-card.ts'
import { type AskSettings, tellMerchant } from './ask-merchant.ts'
import { entries, formBytes } from './form-body.ts'
import { LINK_HEADERS } from './html.ts'
import { errorPage, homeForm, layoutOf } from './pages.ts'
import { tokenOf } from './purchase.ts'
import { type CustomerFunction, readCustomerRequest } from './read-customer-request.ts'
import type { Link } from './records.ts'
import { deletionPage, endPage, registrationPage } from './registration-pages.ts'
import {
  amendRegistration,
  type Registration,
  registrationNotice,
  registrationPairs,
  type RegistrationResult,
  registrationsOf,
  registrationValues,
  startRegistration,
} from './registration-records.ts'
import { readTestedRequest, supportPage } from './support.ts'

/** What a merchant that did not say OK makes of a registration; its number is not public: assumed. */
const NOT_ACKNOWLEDGED = '99994999'
const ADDRESSES: ReadonlyArray<readonly [string, CustomerFunction]> = [
  ['/f04/FepPayInfoReceive.do', 'B01-1'],
  ['/f04/FepPayInfoDeleteReceive.do', 'C01-1'],
  ['/f04/FepRoutineReceive.do', 'D01-1'],
]

export function mountRegistration(app: Hono, link: Link, settings: AskSettings): void {
  for (const [path, fn] of ADDRESSES) app.on(['GET', 'POST'], path, async (c) => open(c, link, fn, await formBytes(c)))
  app.on(['GET', 'POST'], '/Extra/PayRequestAction.do', async (c) => {
    const body = await formBytes(c)
    return html(c, supportPage(readCustomerRequest(link.sbps, 'B01-1', body), body, '/Extra/register'))
  })
  app.post('/Extra/register', async (c) => open(c, link, 'B01-1', (await readTestedRequest(c)).body))
  app.post('/f04/register/:id', (c) =>
    withRegistration(c, link, async (registration, account) =>
      register(c, { link, settings, account }, registration, await entries(c)),
    ),
  )
  app.post('/f04/delete/:id', (c) =>
    withRegistration(c, link, (registration, account) => remove(c, { link, settings, account }, registration)),
  )
  app.post('/f04/leave/:id', (c) =>
    withRegistration(c, link, (registration, account) => leave(c, { link, settings, account }, registration)),
  )
}

type Desk = { readonly link: Link; readonly settings: AskSettings; readonly account: SbpsAccount }

function open(c: Context, link: Link, fn: CustomerFunction, body: Uint8Array): Response {
  const { account, values, fault } = readCustomerRequest(link.sbps, fn, body)
  if (fault || !account)
    return html(c, errorPage(layoutOf(values), fault?.errorCode ?? '99914001', fault?.tag ?? 'merchant_id'))
  const registration = startRegistration(link, accountId(account), values)
  const known = findStoredCard(link.sbps, account, values['cust_code'] ?? '')
  if (fn === 'C01-1' && known) return html(c, deletionPage(registration, layoutOf(values), known))
  return showForm(c, link, registration, known)
}

function showForm(c: Context, link: Link, registration: Registration, known: StoredCard | undefined): Response {
  const year = Number(dayOf(link.sbps.clock.now()).slice(0, 4))
  return html(c, registrationPage(registration, layoutOf(registration.values), known, year))
}

/** The card stands only when the merchant has said OK; before, it is as if nothing had been. */
async function register(c: Context, desk: Desk, registration: Registration, entered: Values): Promise<Response> {
  const { link, account } = desk
  const { sbps } = link
  const known = findStoredCard(sbps, account, registration.values['cust_code'] ?? '')
  const token = tokenOf(link, account, entered)
  if ('errorCode' in token)
    return showForm(c, link, amendRegistration(link, registration, { refusedBy: token.errorCode }), known)
  const call = callOf(desk, registration, known ? 'MG02-00132-101' : 'MG02-00131-101', token)
  const outcome = sbps.store.transaction(() => (known ? updateCard(sbps, call) : registerCard(sbps, call)))
  if (isRefused(outcome))
    return showForm(c, link, amendRegistration(link, registration, { refusedBy: outcome.errorCode }), known)
  const stored = findStoredCard(sbps, account, registration.values['cust_code'] ?? '')
  return finish(c, desk, registration, {
    said: { result: 'OK', stored, payinfoKey: outcome.payInfoKey ?? '', now: sbps.clock.now() },
    undo: () => putBackCard(sbps, account, registration.values['cust_code'] ?? '', known),
    done: 'カード情報を登録しました',
  })
}

async function remove(c: Context, desk: Desk, registration: Registration): Promise<Response> {
  const { sbps } = desk.link
  const known = findStoredCard(sbps, desk.account, registration.values['cust_code'] ?? '')
  if (!known) return html(c, errorPage(layoutOf(registration.values), '99995003', 'cust_code'))
  sbps.store.transaction(() => deleteCard(sbps, callOf(desk, registration, 'MG02-00103-101', {})))
  return finish(c, desk, registration, {
    said: { result: 'OK', stored: known, now: sbps.clock.now() },
    undo: () => putBackCard(sbps, desk.account, known.custCode, known),
    done: 'カード情報を削除しました',
  })
}

async function finish(
  c: Context,
  desk: Desk,
  registration: Registration,
  { said, undo, done }: { readonly said: RegistrationResult; readonly undo: () => void; readonly done: string },
): Promise<Response> {
  const { link } = desk
  const asking = amendRegistration(link, registration, { state: 'asking' })
  if ((await tell(desk, asking, said)).accepted)
    return goHome(c, desk, amendRegistration(link, asking, { state: 'done' }), said, done)
  link.sbps.store.transaction(undo)
  const failed = { result: 'NG', errorCode: NOT_ACKNOWLEDGED, now: link.sbps.clock.now() } as const
  return goHome(c, desk, amendRegistration(link, asking, { state: 'left' }), failed, '登録は成立していません')
}

/** Before anything was refused the customer has cancelled; afterwards the merchant is told of the failure. */
async function leave(c: Context, desk: Desk, registration: Registration): Promise<Response> {
  const left = amendRegistration(desk.link, registration, { state: 'left' })
  const { refusedBy, values } = left
  if (refusedBy === undefined) return c.redirect(values['cancel_url'] ?? '/', 303)
  const failed = { result: 'NG', errorCode: refusedBy, now: desk.link.sbps.clock.now() } as const
  await tell(desk, left, failed)
  return goHome(c, desk, left, failed, '登録は成立していません')
}

function tell({ link, account, settings }: Desk, { values }: Registration, said: RegistrationResult) {
  const body = registrationNotice(account, registrationValues(values, said))
  const telling = { orderId: values['cust_code'] ?? '', result: said.result, body }
  return tellMerchant(link, account, telling, values['pagecon_url'] ?? '', settings)
}

function goHome(
  c: Context,
  { account }: Desk,
  registration: Registration,
  said: RegistrationResult,
  text: string,
): Response {
  const { values } = registration
  const layout = layoutOf(values)
  const url = values[said.result === 'OK' ? 'success_url' : 'error_url'] ?? ''
  const home = homeForm(url, registrationPairs(account, registrationValues(values, said)), layout === 'browser')
  return html(c, endPage(registration, layout, text, home))
}

function callOf({ link, account }: Desk, { values }: Registration, functionId: string, given: Values): Call {
  const request = {
    ok: true,
    functionId,
    layout: findLayout(functionId)!,
    rows: [],
    encrypted: false,
    checksumHolds: true,
    values: { cust_code: values['cust_code'] ?? '', ...given },
  } as const
  return { account, request, now: link.sbps.clock.now() }
}

function withRegistration(
  c: Context,
  link: Link,
  work: (registration: Registration, account: SbpsAccount) => Response | Promise<Response>,
): Response | Promise<Response> {
  const registration = registrationsOf(link).get(c.req.param('id') ?? '')
  const account =
    registration && link.sbps.accounts.findSbps(registration.account.slice(0, 5), registration.account.slice(6))
  if (registration?.state !== 'open' || !account) return html(c, errorPage('browser', '99912999', 'session'), 410)
  return work(registration, account)
}

function html(c: Context, body: string, status: 200 | 410 = 200): Response {
  return c.body(body, status, { ...LINK_HEADERS })
}

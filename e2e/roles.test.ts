/** Each role walks through every screen: its own open without a refusal, the others are neither offered nor opened. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { labels } from '@choba/shared/labels/labels.ts'
import { may, permissionsOf, ROLES, type Holder, type Permission, type Role } from '@choba/shared/permissions.ts'
import { ROOT } from '../tools/root.ts'
import { goTo } from './pages/sign-in.ts'
import { askConsole, listPayments, sessionOf } from './setup/api.ts'
import { test } from './setup/browser-test.ts'
import { joinWith } from './setup/newcomer.ts'
import type { Session } from './setup/session.ts'

const words = labels('ja')
const ENABLED = `[...document.querySelectorAll('#content button')].filter((each) =>
  each.offsetParent !== null && !each.matches(':disabled, [aria-disabled="true"], [data-disabled]'))`
const NAME = `(each) => (each.getAttribute('aria-label') ?? each.innerText).trim()`
/** Of the console, or of a form that nobody of the role could send. */
const REFUSAL = new RegExp(
  [words.error['auth.forbidden'], words.subscriptions.no_right, words.order_form.forbidden_text].join('|'),
)
/** Every screen with an address of its own, and what it takes to see it. */
const SCREENS: Readonly<Record<string, Permission>> = {
  '/payments': 'sales.read',
  '/orders/new': 'orders.create',
  '/links': 'sales.read',
  '/links/new': 'orders.create',
  '/slips': 'sales.read',
  '/zombies': 'sales.read',
  '/approvals': 'sales.read',
  '/returns': 'returns.read',
  '/subscriptions': 'subscriptions.read',
  '/subscriptions/calendar': 'subscriptions.read',
  '/subscriptions/month': 'subscriptions.read',
  '/subscriptions/usage': 'subscriptions.act',
  '/subscriptions/new': 'subscriptions.act',
  '/customers': 'sales.read',
  '/guarantee': 'sales.read',
  '/rescue': 'sales.read',
  '/screenings': 'sales.read',
  '/shipments': 'sales.read',
  '/invoices': 'sales.read',
  '/payouts': 'payouts.read',
  '/payouts/coverage': 'payouts.read',
  '/journal': 'journal.read',
  '/contracts': 'contracts.read',
  '/imports': 'sales.read',
  '/imports/statements': 'payouts.read',
  '/exports': 'sales.export',
  '/exports/schedules': 'sales.export',
  '/messages': 'messages.read',
  '/settings/templates': 'templates.write',
  '/settings/notifications': 'settings.manage',
  '/settings/reasons': 'sales.read',
  '/settings/tags': 'sales.read',
  '/settings/guide': 'settings.manage',
  '/settings/shops': 'settings.manage',
  '/settings/connections': 'settings.manage',
  '/settings/people': 'people.manage',
  '/settings/security': 'security.manage',
  '/settings/safety': 'security.manage',
  '/settings/privacy': 'settings.manage',
  '/settings/calendar': 'settings.manage',
  '/settings/accounts': 'journal.read',
  '/settings/mail': 'settings.manage',
  '/settings/audit': 'audit.read',
  '/settings/api-keys': 'keys.manage',
  '/settings/webhooks': 'webhooks.manage',
  '/settings/api': 'developer.read',
}

test('whoever only reads may press every button of every screen, and nothing is refused or changed', async ({
  open,
}) => {
  const page = await open({ as: 'read_only' })
  const asked = listenForChanges(page)
  const refused = listenForRefusals(page)
  const [payment] = await listPayments('method=np_postpaid&limit=1')
  const { items: customers } = await askConsole<{ items: Array<{ id: string }> }>('/api/customers', { as: 'admin' })
  const pressed = new Set<string>()
  await goTo(page, '/')
  for (const path of [
    `/payments/${payment?.id}`,
    `/payments/${payment?.id}/everything`,
    `/customers/${customers[0]?.id}`,
    ...Object.keys(SCREENS).filter((each) => mayOpen(holderOf('read_only'), each)),
  ]) {
    await walkTo(page, path)
    for (const name of await buttonsOf(page)) {
      if (pressed.has(name)) continue
      pressed.add(name)
      await press(page, name)
      // What opened is left again; a page that was gone to is come back to.
      await page.keyboard.press('Escape')
      if (new URL(page.url()).pathname !== path) await walkTo(page, path)
    }
  }
  expect(pressed.size).toBeGreaterThan(30)
  expect({ asked, refused }).toEqual({ asked: [], refused: [] })
})

test('no screen of the console is left out of the walk', () => {
  const own = ['/sign-in', '/join', '/setup', '/', '/settings', '/settings/', '/account/security']
  const known = new Set([...Object.keys(SCREENS), ...own])
  expect(addressesOfRoutes().filter((path) => !known.has(path))).toEqual([])
})

/** As the sources of the routes name them, without those of one record. */
function addressesOfRoutes(): string[] {
  const folder = join(ROOT, 'apps/web/src/routes')
  return readdirSync(folder).flatMap((file) => {
    const named = [...readFileSync(join(folder, file), 'utf8').matchAll(/^ +path: '([^'$]*)',$/gm)]
    const parent = file === 'settings.ts' ? '/settings/' : ''
    return named.map(([, path = '']) =>
      path.startsWith('/') && path !== '/' ? path : `${parent}${path}`.replace('//', '/'),
    )
  })
}

interface Who extends Holder {
  readonly name: string
  session(): Session | Promise<Session>
}

/** For somebody who keeps the books and sees no sale: no built-in role is like it. */
const OWN_ROLE: readonly Permission[] = ['payouts.read', 'payouts.import', 'journal.read', 'sales.export']

const PEOPLE: readonly Who[] = [
  ...ROLES.map((role) => ({ name: role, ...holderOf(role), session: () => sessionOf(role) })),
  { name: 'a role of their own', permissions: OWN_ROLE, session: () => joinWith('記帳', OWN_ROLE) },
]

describe.for(PEOPLE)('$name', (who) => {
  test('opens every screen of the role without a refusal, each with its heading, and is offered no other', async ({
    open,
  }) => {
    const page = await open({ as: await who.session(), refusals: [403] })
    const refused = listenForRefusals(page)
    await goTo(page, '/')
    for (const path of Object.keys(SCREENS).filter((each) => mayOpen(who, each))) {
      await walkTo(page, path)
      expect([path, await page.getByRole('alert').count()]).toEqual([path, 0])
    }
    // Nor did a page ask for something behind their back.
    expect(refused).toEqual([])
    const closed = Object.keys(SCREENS).filter((each) => !mayOpen(who, each))
    const offered = await addressesOffered(page)
    expect(closed.filter((path) => offered.includes(path))).toEqual([])
    // An address typed by hand is refused in words.
    for (const path of closed) {
      await walkTo(page, path)
      await page.getByText(REFUSAL).first().waitFor()
    }
  })
})

function mayOpen(who: Holder, path: string): boolean {
  return may(who, SCREENS[path] as Permission)
}

/** Names of what can be pressed in the screen, once each. */
function buttonsOf(page: Page): Promise<string[]> {
  return page.evaluate(`[...new Set(${ENABLED}.map(${NAME}))]`)
}

/** As a keyboard does: a menu that still closes above it does not matter. */
function press(page: Page, name: string): Promise<void> {
  return page.evaluate(`${ENABLED}.find((each) => (${NAME})(each) === ${JSON.stringify(name)})?.click()`)
}

/** Requests of this page, from now on, that change something. */
function listenForChanges(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') asked.push(`${request.method()} ${new URL(request.url()).pathname}`)
  })
  return asked
}

/** What the console refused this page from now on. */
function listenForRefusals(page: Page): string[] {
  const refused: string[] = []
  page.on('response', (response) => {
    if (response.status() === 403) refused.push(`${new URL(page.url()).pathname} asked ${response.url()}`)
  })
  return refused
}

function holderOf(role: Role): Holder {
  return { permissions: permissionsOf(role) }
}

/** As a link of the console goes: without loading it anew. */
async function walkTo(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
  )
  await page.waitForURL((url) => url.pathname === path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await expect
    .poll(() => page.locator('#content [aria-busy="true"], #content [role="status"][aria-label]').count(), {
      message: `${path} is still reading`,
    })
    .toBe(0)
}

/** Links of the navigation and of the settings. */
async function addressesOffered(page: Page): Promise<string[]> {
  const offered: string[] = []
  for (const path of ['/', '/settings']) {
    await goTo(page, path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    const links: string[] = await page.evaluate(
      `[...document.querySelectorAll('a[href]')].map((link) => new URL(link.href).pathname)`,
    )
    offered.push(...links)
  }
  return [...new Set(offered)]
}

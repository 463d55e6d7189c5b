/** Each role walks through every screen: its own open without a refusal, the others are neither offered nor opened. */
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { labels } from '@choba/shared/labels/labels.ts'
import { allows, type Permission, type Role } from '@choba/shared/permissions.ts'
import { goTo } from './pages/sign-in.ts'
import { test } from './setup/browser-test.ts'
import { DEMO_ROLES } from './setup/product.ts'

const words = labels('ja')
/** Every screen with an address of its own, and what it takes to see it. */
const SCREENS: Readonly<Record<string, Permission>> = {
  '/payments': 'sales.read',
  '/orders/new': 'sales.read',
  '/links': 'sales.read',
  '/slips': 'sales.read',
  '/zombies': 'sales.read',
  '/approvals': 'sales.read',
  '/returns': 'returns.read',
  '/subscriptions': 'subscriptions.read',
  '/subscriptions/calendar': 'subscriptions.read',
  '/subscriptions/month': 'subscriptions.read',
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
  '/exports': 'sales.export',
  '/exports/schedules': 'sales.export',
  '/messages': 'messages.read',
  '/settings/reasons': 'sales.read',
  '/settings/tags': 'sales.read',
  '/settings/guide': 'settings.manage',
  '/settings/shops': 'settings.manage',
  '/settings/connections': 'settings.manage',
  '/settings/people': 'people.manage',
  '/settings/security': 'security.manage',
  '/settings/safety': 'security.manage',
  '/settings/mail': 'settings.manage',
  '/settings/audit': 'audit.read',
  '/settings/api-keys': 'keys.manage',
  '/settings/webhooks': 'webhooks.manage',
  '/settings/api': 'developer.read',
}

describe.for(DEMO_ROLES.map((role) => ({ role })))('$role', ({ role }) => {
  test('opens every screen of the role without a refusal, and each has its heading', async ({ open }) => {
    const page = await open({ as: role })
    await goTo(page, '/payments')
    for (const path of Object.keys(SCREENS).filter((each) => mayOpen(role, each))) {
      await walkTo(page, path)
      expect([path, await page.getByRole('alert').count()]).toEqual([path, 0])
    }
  })

  test('is offered no other screen, and an address typed by hand is refused in words', async ({ open }) => {
    const page = await open({ as: role, refusals: [403] })
    const offered = await addressesOffered(page)
    const closed = Object.keys(SCREENS).filter((each) => !mayOpen(role, each))
    expect(closed.filter((path) => offered.includes(path))).toEqual([])
    for (const path of closed) {
      await walkTo(page, path)
      await page.getByText(words.error['auth.forbidden']).first().waitFor()
    }
  })
})

function mayOpen(role: Role, path: string): boolean {
  return allows(role, SCREENS[path] as Permission)
}

/** As a link of the console goes: without loading it anew. */
async function walkTo(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
  )
  await page.waitForURL((url) => url.pathname === path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await expect
    .poll(() => page.locator('#content [aria-busy="true"], #content [role="status"][aria-label]').count())
    .toBe(0)
}

/** Links of the navigation and of the settings. */
async function addressesOffered(page: Page): Promise<string[]> {
  const offered: string[] = []
  for (const path of ['/payments', '/settings']) {
    await goTo(page, path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    const links: string[] = await page.evaluate(
      `[...document.querySelectorAll('a[href]')].map((link) => new URL(link.href).pathname)`,
    )
    offered.push(...links)
  }
  return [...new Set(offered)]
}

/** The provider's clock: moved on the sandbox's own page, as a person does it. */
import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import { nextBusinessDay } from '../../tools/house/business-day.ts'
import { askConsole } from './api.ts'

const MOVED_WITHIN_MS = 120_000

export async function moveClock(page: Page, days: number): Promise<void> {
  const before = await providerNow()
  await page.goto(inject('product').sandboxUrl)
  await page.getByRole('spinbutton').fill(String(days))
  await page.getByRole('button', { name: '時計を進める' }).click()
  const target = before.getTime() + days * 86_400_000
  await expect
    .poll(async () => (await providerNow()).getTime(), { timeout: MOVED_WITHIN_MS, interval: 500 })
    .toBeGreaterThanOrEqual(target)
}

async function providerNow(): Promise<Date> {
  const answer = await fetch(`${inject('product').sandboxUrl}/sandbox/clock`)
  return new Date(((await answer.json()) as { now: string }).now)
}

export async function providerDay(): Promise<BusinessDate> {
  return dayOf(await providerNow())
}

/** When NP mails the invoice of what is reported today. */
export async function nextBusinessDayOfProvider(): Promise<BusinessDate> {
  return nextBusinessDay(await providerDay())
}

/** Nothing is being worked on any more. */
export async function isAtRest(): Promise<boolean> {
  const work = await askConsole<{ openOperations: number; queuedMessages: number; queuedJobs: number }>('/api/work', {
    as: 'staff',
  })
  return work.openOperations + work.queuedMessages + work.queuedJobs === 0
}

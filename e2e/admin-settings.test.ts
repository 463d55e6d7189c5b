/** Settings that reach beyond their own page: a day that moves others, a rule that tells somebody, a text that leaves the house. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { addDays, type BusinessDate, dayOf, weekday } from '@choba/shared/dates.ts'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { findViolations } from './setup/axe.ts'
import { test } from './setup/browser-test.ts'
import { goTo } from './pages/sign-in.ts'

const words = labels('ja')

test('a day the shop is closed is looked at before it is kept, and taken off again', async ({ open }) => {
  const { calendar, calendar_scope: scope } = words
  const admin = await open({ as: 'admin' })
  await goTo(admin, '/settings/calendar')
  await admin.getByRole('button', { name: calendar.add }).click()
  const form = admin.getByRole('dialog', { name: calendar.add })
  const day = nextMonday(addDays(dayOf(new Date()), 40))
  await form.getByLabel(calendar.day).fill('2020-01-06')
  await form.getByRole('button', { name: calendar.preview }).click()
  await form.getByText(calendar.day_wrong).waitFor()
  await form.getByText(calendar.name_wrong).waitFor()
  await form.getByLabel(calendar.day).fill(day)
  await form.getByLabel(calendar.name).fill('棚卸し')
  await form.getByRole('button', { name: calendar.preview }).click()
  await keepChange(admin)

  const written = day.replaceAll('-', '/')
  if (day.slice(0, 4) !== String(new Date().getFullYear()))
    await admin.getByRole('button', { name: calendar.year_after }).click()
  const row = admin.getByRole('row').filter({ hasText: '棚卸し' })
  expect(await row.innerText()).toContain(written)
  expect(await row.innerText()).toContain(scope.shop)
  expect(await findViolations(admin)).toEqual([])
  await admin.getByRole('button', { name: fill(calendar.remove_named, { day: written, name: '棚卸し' }) }).click()
  await keepChange(admin)
  await row.waitFor({ state: 'detached' })
})

test('a rule that tells nobody is not kept; one that does says so in words, rests, and goes', async ({ open }) => {
  const { notifications, notification_kind: kinds } = words
  const name = kinds.dispute_opened
  const admin = await open({ as: 'admin' })
  await goTo(admin, '/settings/notifications')
  await admin.getByRole('button', { name: notifications.new }).click()
  const form = admin.getByRole('dialog', { name: notifications.new })
  await form.getByLabel(notifications.what).selectOption({ label: name })
  await form.getByRole('button', { name: notifications.save }).click()
  await form.getByText(notifications.nobody_named).waitFor()
  await form.getByRole('checkbox', { name: words.role.staff, exact: true }).check()
  await form.getByRole('button', { name: notifications.save }).click()
  // There are rules from the first day on, for staff and admins.
  const receivers = `${words.role.staff} — ${notifications.inbox}`
  const line = admin.getByRole('listitem').filter({ hasText: name }).filter({ hasText: receivers })
  await line.waitFor()
  expect(await findViolations(admin)).toEqual([])

  await line.getByRole('button', { name: fill(notifications.rest_of, { name }) }).click()
  await line.getByText(notifications.resting).waitFor()
  await line.getByRole('button', { name: fill(notifications.remove_of, { name }) }).click()
  await admin.getByRole('dialog').getByRole('button', { name: notifications.remove, exact: true }).click()
  await line.waitFor({ state: 'detached' })
})

test('a mail is worded anew, what is wrong with it is said at once, and the standard comes back', async ({ open }) => {
  const {
    text_templates: page,
    text_template_kind: kinds,
    text_template_language: languages,
    text_fault: faults,
  } = words
  const admin = await open({ as: 'admin' })
  await goTo(admin, '/settings/templates')
  const edit = fill(page.edit_of, { kind: kinds.invitation, language: languages.ja })
  const wording = admin.getByRole('button', { name: edit }).locator('..')
  await admin.getByRole('button', { name: edit }).click()
  const form = admin.getByRole('dialog', { name: edit })
  const save = form.getByRole('button', { name: page.save })
  await form.getByLabel(page.body).fill('ようこそ。{lnk}')
  await form.getByText(fill(faults.unknown, { place: '{lnk}' })).waitFor()
  await save.click()
  await form.getByText(fill(faults.missing, { place: '{link}' })).waitFor()
  await form.getByLabel(page.body).fill('ようこそ。')
  await form.getByRole('button', { name: '{link}' }).click()
  await form.getByRole('group', { name: page.places }).waitFor()
  expect(await form.getByLabel(page.body).inputValue()).toBe('ようこそ。{link}')
  await save.click()
  await wording.getByText(page.own).waitFor()

  await admin.getByRole('button', { name: edit }).click()
  await form.getByRole('button', { name: page.back }).click()
  await save.click()
  await wording.getByText(page.standard).waitFor()
})

async function keepChange(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: words.calendar.change_title })
  await dialog
    .getByText(words.calendar.no_moves)
    .or(dialog.getByRole('table', { name: words.calendar.preview_of }))
    .waitFor()
  await dialog.getByRole('button', { name: words.calendar.save }).click()
  await dialog.waitFor({ state: 'detached' })
}

function nextMonday(from: BusinessDate): BusinessDate {
  return addDays(from, (8 - weekday(from)) % 7)
}

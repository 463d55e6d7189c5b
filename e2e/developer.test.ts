/** A program of the merchant's own: its key, what it is told, and the page that says how to call. */
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, inject } from 'vitest'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { findViolations } from './setup/axe.ts'
import { test } from './setup/browser-test.ts'

const words = labels('ja')
const own = words.developer

async function callAs(token: string): Promise<number> {
  const headers = { Authorization: `Bearer ${token}` }
  return (await fetch(new URL('/api/payments', inject('product').url), { headers })).status
}

test('an admin issues a key, a program calls with it, and is shut out when it is revoked', async ({ open }) => {
  const page = await open({ as: 'admin' })
  await page.goto(new URL('/settings/api-keys', inject('product').url).href)
  await page.getByRole('button', { name: own.key_new }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: own.key_issue, exact: true }).click()
  await dialog.getByText(own.name_missing).waitFor()
  await dialog.getByLabel(own.key_name).fill('在庫システム')
  expect(await findViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: own.key_issue, exact: true }).click()
  const token = await page.getByText(/^choba_[\w-]{43}$/).innerText()
  expect(await callAs(token)).toBe(200)
  await page.getByRole('button', { name: own.noted }).click()
  const card = page.getByRole('region', { name: '在庫システム' })
  expect(await card.innerText()).not.toContain(token)
  await card.getByRole('button', { name: fill(own.key_revoke_of, { name: '在庫システム' }) }).click()
  await page.getByRole('dialog').getByRole('button', { name: own.key_revoke, exact: true }).click()
  await card.getByText(words.api_key_state.revoked, { exact: true }).first().waitFor()
  expect(await callAs(token)).toBe(401)
})

test('an address of theirs is told, and the log shows what was sent and answered', async ({ open }) => {
  const heard: Array<{ signature: string; body: string }> = []
  const receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      heard.push({ signature: String(request.headers['choba-signature']), body })
      // Long enough for the log to be read before it is answered.
      setTimeout(() => response.end('thank you'), 1_500)
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', () => resolve()))
  try {
    const page = await open({ as: 'admin' })
    await page.goto(new URL('/settings/webhooks', inject('product').url).href)
    await page.getByRole('button', { name: own.hook_new }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(own.hook_name).fill('受注システム')
    await dialog.getByLabel('URL').fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/told`)
    expect(await findViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: own.hook_add, exact: true }).click()
    const secret = await page.getByText(/^whsec_[\w-]{43}$/).innerText()
    await page.getByRole('button', { name: own.noted }).click()
    const card = page.getByRole('region', { name: '受注システム' })
    await card.getByRole('button', { name: own.hook_ping }).click()
    await expect.poll(() => heard.length, { timeout: 15_000 }).toBe(1)
    const { signature = '', body = '' } = heard[0] ?? {}
    const seconds = /^t=(\d+),/.exec(signature)?.[1] ?? ''
    const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
    expect(signature).toBe(`t=${seconds},v1=${mac}`)
    await card.getByRole('cell', { name: words.delivery_state.delivered }).waitFor()
    await card.getByRole('button', { name: own.delivery_read }).click()
    await page.getByRole('dialog').getByText('thank you').waitFor()
    await page.keyboard.press('Escape')
    await card.getByRole('button', { name: fill(own.hook_remove_of, { name: '受注システム' }) }).click()
    await page.getByRole('dialog').getByRole('button', { name: own.hook_remove, exact: true }).click()
    await card.waitFor({ state: 'detached' })
  } finally {
    receiver.close()
  }
})

test('the reference lists every endpoint, and what reads is tried from there', async ({ open }) => {
  const page = await open({ as: 'admin' })
  await page.goto(new URL('/settings/api', inject('product').url).href)
  await page.getByLabel(own.reference_search).fill('/api/payments/totals')
  await page.getByText('/api/payments/totals', { exact: true }).click()
  await page.getByRole('button', { name: own.try_it }).click()
  await page.getByText(/"amountYen": \d+/).waitFor()
  expect(await findViolations(page)).toEqual([])
})

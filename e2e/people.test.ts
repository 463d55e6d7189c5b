/** Somebody is invited, sees what their role lets them, makes their sign-in safe, and is signed out from afar. */
import { createHmac } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { findViolations } from './setup/axe.ts'
import { test } from './setup/browser-test.ts'
import { signIn } from './pages/sign-in.ts'

const words = labels('ja')
const { people, own_security: own } = words
const EMAIL = 'newcomer@demo.example'
const NAME = '新井 環'
const PASSWORD = '長い合言葉はよい合言葉です'
/** Signed out, a wrong password, a code that is not whole. */
const UNKNOWN = [401]

/** A passkey is made for a name, and 127.0.0.1 is none. */
function at(path: string): string {
  const url = new URL(path, inject('product').url)
  url.hostname = 'localhost'
  return url.href
}

/** A device with a lock that is always opened. */
async function addAuthenticator(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page)
  await browser.send('WebAuthn.enable')
  await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** RFC 6238 with SHA-1, six digits, thirty seconds: what an authenticator app shows. */
function codeOf(secret: string): string {
  const bits = [...secret]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const hash = createHmac('sha1', key).update(counter).digest()
  return String((hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function invite(admin: Page): Promise<string> {
  await admin.getByRole('button', { name: people.invite, exact: true }).click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByLabel(people.email).fill(EMAIL)
  await dialog.getByText(people.some_shops, { exact: true }).first().click()
  await dialog.getByLabel('帳場商店 本店').click()
  expect(await findViolations(admin)).toEqual([])
  await dialog.getByRole('button', { name: people.make_link }).click()
  const link = dialog.getByRole('textbox', { name: people.link_title })
  await link.waitFor()
  const { hash } = new URL(await link.inputValue())
  await dialog.getByRole('button', { name: words.app.close, exact: true }).last().click()
  await admin.getByRole('row').filter({ hasText: EMAIL }).waitFor()
  return at(`/join${hash}`)
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.app.account }).click()
  await page.getByRole('menuitem', { name: words.app.sign_out, exact: true }).click()
  await page.getByText(words.sign_in.signed_out).waitFor()
}

test('is invited, works in their role and shop, signs in by code and by passkey, and is signed out by an admin', async ({
  open,
}) => {
  const admin = await open({ as: 'admin' })
  await admin.goto(new URL('/settings/people', inject('product').url).href)
  const link = await invite(admin)

  const page = await open({ refusals: UNKNOWN })
  await addAuthenticator(page)
  await page.goto(link)
  await page.getByLabel(words.join.name).fill(NAME)
  await page.getByLabel(words.join.password).fill(PASSWORD)
  await page.getByLabel(words.join.again).fill(PASSWORD)
  await page.getByRole('button', { name: words.join.submit }).click()
  await page.getByRole('heading', { name: words.ledger.title }).waitFor()

  // Staff of one shop: no settings, no other shop.
  expect(await page.getByRole('link', { name: words.journal.title, exact: true }).count()).toBe(0)
  const session = await page.evaluate(async () => (await (await fetch('/api/session')).json()) as object)
  expect(session).toMatchObject({ role: 'staff', shops: [{ name: '帳場商店 本店' }] })

  await page.goto(at('/account/security'))
  await page.getByRole('button', { name: own.codes_start, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(own.password).fill(PASSWORD)
  await dialog.getByRole('button', { name: own.next }).click()
  await dialog.getByRole('img', { name: own.codes_qr }).waitFor()
  const secret = await dialog.getByLabel(own.codes_secret).inputValue()
  await dialog.getByLabel(own.code).fill(codeOf(secret))
  await dialog.getByRole('button', { name: own.code_confirm }).click()
  await dialog.getByRole('list', { name: own.backup }).waitFor()
  await dialog.getByRole('button', { name: own.backup_done }).click()
  await page.getByText(own.codes_on, { exact: true }).waitFor()

  await page.getByRole('button', { name: own.passkey_add }).click()
  await dialog.getByLabel(own.passkey_name).fill('レジの端末')
  await dialog.getByLabel(own.password).fill(PASSWORD)
  await dialog.getByRole('button', { name: own.passkey_add }).click()
  await page.getByText('レジの端末').waitFor()
  expect(await findViolations(page)).toEqual([])

  await signOut(page)
  await signIn(page, { email: EMAIL, password: PASSWORD })
  await page.getByLabel(words.sign_in.code, { exact: true }).fill(codeOf(secret))
  await page.getByRole('button', { name: words.sign_in.submit, exact: true }).click()
  await page.getByRole('heading', { name: words.ledger.title }).waitFor()

  await signOut(page)
  await page.getByRole('button', { name: words.sign_in.passkey }).click()
  await page.getByRole('heading', { name: words.ledger.title }).waitFor()

  await admin.reload()
  await admin.getByRole('button', { name: fill(people.end_sessions_of, { name: NAME }) }).click()
  await admin.getByRole('dialog').getByRole('button', { name: people.end_sessions, exact: true }).click()
  await admin.getByRole('dialog').waitFor({ state: 'detached' })
  await page.goto(at('/payments'))
  await page.getByRole('button', { name: words.sign_in.passkey }).waitFor()
})

import { describe, expect, inject } from 'vitest'
import { labels } from '@choba/shared/labels/labels.ts'
import { listPayments } from './setup/api.ts'
import { test } from './setup/browser-test.ts'
import { addPerson } from './setup/people.ts'
import { signInAs } from './setup/session.ts'
import { goTo, openUserMenu, signIn, signInButton } from './pages/sign-in.ts'
import { DEMO_ROLES } from './setup/product.ts'

const words = labels('ja')
/** What a browser logs when the console says that nobody is signed in, or that the password is wrong. */
const UNKNOWN = [401]

describe('signing in', () => {
  test.for(DEMO_ROLES)('brings %s to the ledger, under their own role', async (role, { open }) => {
    const page = await open({ refusals: UNKNOWN })
    await goTo(page, '/')
    await signIn(page, signInOf(role))

    await page.getByRole('heading', { name: words.ledger.title }).waitFor()
    await openUserMenu(page)
    expect(await page.getByRole('menu').innerText()).toContain(words.role[role])
  })

  test('brings one to the page that was asked for', async ({ open }) => {
    const [payment] = await listPayments('method=card&limit=1')
    const page = await open({ refusals: UNKNOWN })
    await goTo(page, `/payments/${payment?.id}`)
    await signIn(page, signInOf('staff'))

    await page.getByRole('heading', { name: payment?.orderNumber ?? '' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/payments/${payment?.id}`)
  })

  test('with a wrong password is told so, in the same words as with an unknown address', async ({ open }) => {
    const page = await open({ refusals: UNKNOWN })
    await goTo(page, '/sign-in')
    for (const email of [signInOf('staff').email, 'nobody@demo.example']) {
      await signIn(page, { email, password: 'not the password' })
      await expect.poll(() => page.getByRole('alert').allInnerTexts()).toEqual([words.sign_in.failed])
      await page.reload()
    }
    expect(new URL(page.url()).pathname).toBe('/sign-in')
  })
})

describe('signing out', () => {
  test('ends this session and no other', async ({ open }) => {
    const someone = await addPerson('staff', '出口 一郎')
    const { url } = inject('product')
    const [here, there] = [
      await open({ as: await signInAs(url, someone), refusals: UNKNOWN }),
      await open({ as: await signInAs(url, someone) }),
    ]
    await goTo(here, '/payments')
    await openUserMenu(here)
    await here.getByRole('menuitem', { name: words.app.sign_out, exact: true }).click()

    await here.getByText(words.sign_in.signed_out).waitFor()
    await goTo(here, '/payments')
    await signInButton(here).waitFor()
    await goTo(there, '/payments')
    await there.getByRole('heading', { name: words.ledger.title }).waitFor()
  })

  test('everywhere ends the session of another browser, which finds its way back', async ({ open }) => {
    const someone = await addPerson('staff', '出口 二郎')
    const { url } = inject('product')
    const [here, there] = [
      await open({ as: await signInAs(url, someone), refusals: UNKNOWN }),
      await open({ as: await signInAs(url, someone), refusals: UNKNOWN }),
    ]
    await goTo(there, '/payments?method=card')
    await there.getByRole('heading', { name: words.ledger.title }).waitFor()
    await goTo(here, '/payments')
    here.on('dialog', (dialog) => void dialog.accept())
    await openUserMenu(here)
    await here.getByRole('menuitem', { name: words.app.sign_out_everywhere }).click()
    await here.getByText(words.sign_in.ended_everywhere).waitFor()

    await there.getByRole('columnheader', { name: words.column.amountYen }).getByRole('button').click()
    await there.getByText(words.sign_in.session_ended).waitFor()
    await signIn(there, someone)
    await there.getByRole('heading', { name: words.ledger.title }).waitFor()
    expect(new URL(there.url()).searchParams.get('method')).toBe('card')
  })
})

describe('guessing a password', () => {
  test('is stopped after some attempts, and the page says for how long', async ({ open }) => {
    const page = await open({ refusals: [401, 429] })
    await goTo(page, '/sign-in')
    const told = page.getByRole('alert').filter({ hasText: /試行回数が上限に達しました。\d+秒/ })
    for (let attempt = 1; attempt <= 25 && (await told.count()) === 0; attempt += 1) {
      await signIn(page, { email: 'nobody@demo.example', password: `guess number ${attempt}` })
      await page.getByRole('button', { name: words.sign_in.submit, disabled: false }).waitFor()
    }
    expect(await told.count()).toBe(1)
  })
})

function signInOf(role: (typeof DEMO_ROLES)[number]): { email: string; password: string } {
  const found = inject('product').signIns.find((each) => each.role === role)
  if (!found) throw new Error(`no sign-in for ${role}`)
  return found
}

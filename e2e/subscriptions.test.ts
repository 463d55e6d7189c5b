/** A subscription from its form to its end, in a browser: staff make it, leave a cycle out, let it rest, and the ledger fills. */
import { expect } from 'vitest'
import { addDays, businessDate, daysBetween } from '@choba/shared/dates.ts'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { listPayments } from './setup/api.ts'
import { findViolations } from './setup/axe.ts'
import { test } from './setup/browser-test.ts'
import { moveClock, providerDay } from './setup/clock.ts'
import { openLedger } from './pages/ledger.ts'
import { goTo } from './pages/sign-in.ts'
import {
  actOnSubscription,
  getSubscription,
  makeSubscription,
  sayDone,
  subscriptionButton,
  untilCycleIs,
} from './pages/subscription.ts'

const words = labels('ja')
const PRICE_YEN = 3_240
/** As the form proposes them: fixed seven days before, screened three. */
const GENERATE_DAYS = 7
const CHARGE_DAYS = 3
/** The console learns the provider's day with the provider's next answer. */
const HEARD_WITHIN = { timeout: 60_000, interval: 200 }

test(
  'staff make an NP subscription, skip a cycle, and the next becomes a payment in the ledger',
  { timeout: 180_000 },
  async ({ open }) => {
    const staff = await open({ as: 'staff' })
    const firstOn = addDays(await providerDay(), 8)
    const name = `定期 ${crypto.randomUUID().slice(0, 6)}`
    const id = await makeSubscription(staff, {
      shop: '帳場商店 本店',
      name,
      email: `ok+${crypto.randomUUID().slice(0, 8)}@example.jp`,
      goods: '煎茶 定期便',
      priceYen: PRICE_YEN,
      firstOn,
    })
    const { code, planned } = await getSubscription(id)
    const [first, second] = planned
    expect(first).toMatchObject({ number: 1, fallsOn: firstOn, generateOn: addDays(firstOn, -GENERATE_DAYS) })
    // Without the message that it was made, whose colours change while it comes and goes.
    await goTo(staff, `/subscriptions/${id}`)
    await staff.getByText('3,240').first().waitFor()
    expect(await findViolations(staff)).toEqual([])

    await goTo(staff, '/subscriptions/calendar')
    const calendar = staff.getByRole('region', {
      name: fill(words.subscription_calendar.day_title, { day: day(firstOn) }),
    })
    await calendar.getByText(name).waitFor()
    expect(await findViolations(staff)).toEqual([])
    await calendar.getByRole('link', { name }).click()

    await actOnSubscription(staff, 'skip', sayDone('skipped', { code, number: 1 }))
    const secondOn = second?.fallsOn ?? ''
    expect(secondOn).toBe(addDays(firstOn, 7))
    expect(await getSubscription(id)).toMatchObject({
      cycles: [{ number: 1, state: 'skipped' }],
      planned: [{ number: 2, fallsOn: secondOn }, {}, {}, {}, {}, {}],
    })

    const ledger = await open({ as: 'accountant' })
    await openLedger(ledger)
    const chargeOn = addDays(businessDate(secondOn), -CHARGE_DAYS)
    await moveClock(await open(), daysBetween(await providerDay(), chargeOn))
    await expect.poll(async () => (await getSubscription(id)).today, HEARD_WITHIN).toBe(chargeOn)
    await actOnSubscription(staff, 'pause', sayDone('paused', { code }))
    await staff.getByText(words.subscription_detail.next_none_paused).waitFor()
    const skip = subscriptionButton(staff, 'skip')
    expect(await skip.getAttribute('aria-disabled')).toBe('true')
    await skip.hover()
    await staff.getByRole('tooltip').getByText(words.subscription_refusal.paused).waitFor()
    await actOnSubscription(staff, 'resume', sayDone('resumed', { code }))

    const charged = await untilCycleIs(id, 2, 'charged')
    expect(charged.cycles[0]).toMatchObject({ amountYen: PRICE_YEN, attempts: [{ orderNumber: `${code}-2` }] })
    const [payment] = await listPayments(`q=${code}-2`)
    expect(payment).toMatchObject({ method: 'np_postpaid', amountYen: PRICE_YEN, status: 'authorized' })
    await ledger.getByRole('button', { name: fill(words.ledger.row_open, { order: `${code}-2` }) }).waitFor()
    await goTo(staff, `/payments/${payment?.id}`)
    await staff.getByRole('link', { name: fill(words.subscription_of_payment.text, { code, number: 2 }) }).click()
    await staff.getByRole('link', { name: `${code}-2`, exact: true }).waitFor()

    await actOnSubscription(staff, 'cancel', sayDone('cancel_planned', { code }))
    expect(await getSubscription(id)).toMatchObject({ status: 'ending', planned: [] })
  },
)

function day(on: string): string {
  return on.replaceAll('-', '/')
}

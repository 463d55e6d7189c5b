import { expect, test } from 'vitest'
import type { PaymentDetail } from '@choba/shared/contracts/payments.ts'
import { PAYMENT_STATUSES } from '@choba/shared/states/payment.ts'
import { nextStep } from './next-step.ts'

type Asked = Parameters<typeof nextStep>[0]

function asked(
  payment: Partial<PaymentDetail['payment']>,
  operations: Partial<PaymentDetail['operations'][number]>[] = [],
  actions: PaymentDetail['actions'] = [],
): Asked {
  return {
    payment: { method: 'card', status: 'captured', inFlight: null, nextOn: null, ...payment },
    operations,
    actions,
  } as Asked
}

test('a hold is urgent and offers its correction', () => {
  expect(nextStep(asked({ method: 'np_postpaid', status: 'on_hold' }), 'ja')).toMatchObject({
    urgent: true,
    action: 'correct',
  })
})

test('an approved NP payment asks for its shipment, a card for its capture by its day', () => {
  expect(nextStep(asked({ method: 'np_postpaid', status: 'authorized' }), 'ja').action).toBe('report_shipment')
  expect(nextStep(asked({ status: 'authorized', nextOn: '2027-02-28' }), 'en').text).toMatch(/^Capture by 2027-02-28\./)
})

test('an expired slip is issued anew where none has been since, and else nothing needs doing', () => {
  const expired = { method: 'convenience_store', status: 'expired' } as const
  const offered = { action: 'reissue', verdict: { allowed: true, upToYen: null } } as const
  expect(nextStep(asked(expired, [], [offered]), 'ja').action).toBe('reissue')
  expect(nextStep(asked(expired), 'ja').action).toBeNull()
})

test('a request on its way is waited for, and one without an answer is not to be repeated', () => {
  expect(nextStep(asked({ inFlight: 'refund' }, [{ state: 'running' }]), 'en').text).toContain('Refund')
  expect(nextStep(asked({ inFlight: 'refund' }, [{ state: 'unknown' }]), 'en').text).toContain('Do not repeat')
})

test.each(PAYMENT_STATUSES)('%s has a sentence in both languages', (status) => {
  for (const language of ['ja', 'en'] as const) expect(nextStep(asked({ status }), language).text).not.toBe('')
})

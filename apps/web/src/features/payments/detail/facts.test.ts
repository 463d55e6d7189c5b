import { expect, test } from 'vitest'
import { readFacts } from './facts.ts'

test('reads what NP postpaid knows', () => {
  const facts = readFacts({
    attempts: [{ result: 'on_hold', reasons: ['RE009'], at: '2026-11-01T00:00:00Z', providerId: '18121200001' }],
    invoice: { issuedOn: '2026-11-04', dueOn: '2026-11-18', inquiryNumber: 'akt123456789012345', reissue: 0 },
    arrivalOn: '2026-11-05',
  })
  expect(facts.attempts).toEqual([{ result: 'on_hold', reasons: ['RE009'], at: '2026-11-01T00:00:00Z' }])
  expect(facts.invoice?.dueOn).toBe('2026-11-18')
  expect(facts.arrivalOn).toBe('2026-11-05')
})

test('leaves out a piece that is not as expected and keeps the others', () => {
  const facts = readFacts({ invoice: { issuedOn: 4 }, numbers: ['123-456', 7], store: '001', statements: 'none' })
  expect(facts.invoice).toBeNull()
  expect(facts.numbers).toEqual(['123-456'])
  expect(facts.store).toBe('001')
  expect(facts.statements).toEqual([])
})

import { expect, test } from 'vitest'
import { outOfScope, type ScopeTerms } from './terms.ts'

const SCOPE: ScopeTerms = { billingMethods: ['pay_as_you_go'], sites: ['pc'], invoices: 'separate' }
const ASKED = { billingMethod: 'pay_as_you_go', site: 'pc', invoice: 'separate' }

test('what a contract does not name is out of it, by the field that says so', () => {
  expect(outOfScope(SCOPE, ASKED)).toBeUndefined()
  expect(outOfScope(SCOPE, { ...ASKED, billingMethod: 'recurring_simple' })).toBe('billing')
  expect(outOfScope(SCOPE, { ...ASKED, site: 'fax' })).toBe('site')
  expect(outOfScope(SCOPE, { ...ASKED, invoice: 'bundled' })).toBe('invoice')
  expect(outOfScope({ ...SCOPE, invoices: 'both' }, { ...ASKED, invoice: 'bundled' })).toBeUndefined()
})

test('what is not known yet is not refused, and a contract that says nothing is for all', () => {
  expect(outOfScope(SCOPE, { billingMethod: 'pay_as_you_go' })).toBeUndefined()
  expect(outOfScope(undefined, { billingMethod: 'recurring_metered', site: 'fax' })).toBeUndefined()
})

/** What NP may say and what a shop reads of it: every code of this package has words, and a field where it names one. */
import { describe, expect, test } from 'vitest'
import { fill, label, LANGUAGES } from '@choba/shared/labels/labels.ts'
import { fieldsAtFault, npReason } from '@choba/shared/states/np-reasons.ts'
import { NP_ERROR_CODES, type NpErrorCode } from './error-codes.ts'
import { HOLD_REASONS, NG_REASONS } from './hold-reasons.ts'

const CODES = [...HOLD_REASONS, ...NG_REASONS, ...NP_ERROR_CODES].map((entry) => entry.code)

/** A field in the spelling of the wire, as the order's form names it. */
const FORM_FIELD: Readonly<Record<string, string>> = {
  customer_name: 'name',
  customer_name_kana: 'kana',
  company_name: 'company',
  department_name: 'department',
  zip_code: 'zip',
  address: 'address',
  tel: 'phone',
  email: 'email',
}
const ORDER_FIELD: Readonly<Record<string, string>> = {
  billed_amount: 'amountYen',
  goods: 'goods',
  shop_transaction_id: 'orderNumber',
}

function formPath({ field }: NpErrorCode): string | undefined {
  const [side = '', leaf] = field.split('.')
  if (leaf === undefined) return ORDER_FIELD[side]
  return `${side === 'customer' ? 'customer' : 'delivery'}.${FORM_FIELD[leaf]}`
}

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(CODES)('%s says what is wrong and what to do', (code) => {
    for (const group of ['reason', 'reason_advice']) {
      const words = label(language, group, code)
      expect(words).not.toBe(code)
      expect(words).not.toMatch(/\{\w+\}/)
    }
  })

  test('a code nobody has told us about is shown as it is', () => {
    for (const code of ['RE777', 'NG777', 'E0199999']) expect(label(language, 'reason', code)).toBe(code)
    expect(label(language, 'reason_advice', 'RE777')).toBe(label(language, 'remedy', 'ask_np'))
  })
})

describe('the field to correct', () => {
  test.each(NP_ERROR_CODES.filter((entry) => entry.class === 'field' && formPath(entry) !== undefined))(
    '$code names $field',
    (entry) => {
      expect(npReason(entry.code).fields[0]).toBe(formPath(entry))
      expect(npReason(entry.code).remedy).toBe('correct')
    },
  )

  test('a hold names the address with the company beside it, or the telephone number', () => {
    expect(fieldsAtFault(['RE009', 'RE021'])).toEqual(['customer.address', 'customer.company', 'customer.phone'])
    expect(fieldsAtFault(['RE015', 'RE023'])).toEqual(['delivery.address', 'delivery.company', 'delivery.phone'])
  })

  test.each(['RE014', 'RE020', 'RE026', 'NG001', 'NG002', 'NG999'])('%s names none', (code) => {
    expect(npReason(code).fields).toEqual([])
  })

  test('two codes of one field name it once', () => {
    expect(fieldsAtFault(['E0100066', 'E0100067'])).toEqual(['customer.phone'])
  })

  test('a field is named by its side', () => {
    expect(label('ja', 'reason', 'E0100077')).toBe('お届け先の会社名が長すぎます')
    expect(label('en', 'reason_advice', 'E0100077')).toBe(
      fill(label('en', 'remedy', 'correct'), {
        field: fill(label('en', 'check_side', 'delivery'), { field: label('en', 'check_field', 'company') }),
      }),
    )
  })
})

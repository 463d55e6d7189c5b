import { describe, expect, test } from 'vitest'
import { PAYMENT_COLUMN_IDS, paymentColumns } from '../columns/payments.ts'
import { OPERATION_STATES } from '../contracts/operations.ts'
import { subscriptionChange } from '../contracts/subscription-input.ts'
import { MESSAGE_STATES } from '../contracts/provider-messages.ts'
import { moneyStep } from '../contracts/payments.ts'
import { ERROR_CODES } from '../errors.ts'
import { BILLING_METHODS, DATE_KINDS, METHODS, PAYMENT_CONNECTIONS, SITES, STORES } from '../methods.ts'
import { PERMISSIONS, ROLE_CODES } from '../permissions.ts'
import { POLL_FAILURES } from '../contracts/connections.ts'
import { PAYMENT_ACTIONS, PAYMENT_STATUSES } from '../states/payment.ts'
import { REFUSAL_REASONS } from '../states/verdict.ts'
import { NP_FIELD_PROBLEMS, REMEDIES } from '../states/np-reasons.ts'
import { RESCUE_KINDS, SCREENING_RESULTS } from '../states/screening.ts'
import { RESCUE_SORTS } from '../filters/rescue.ts'
import { screeningColumns } from '../columns/screenings.ts'
import { slipColumns } from '../columns/slips.ts'
import { SLIP_NUMBERS, SLIP_STATES, SLIP_WARNINGS } from '../states/slip.ts'
import { ACCOUNT_KINDS, OWED_REASONS, RETURN_TASKS } from '../states/customer-return.ts'
import { customerReturnColumns } from '../columns/customer-returns.ts'
import { subscriptionColumns } from '../columns/subscriptions.ts'
import {
  CYCLE_STATES,
  SUBSCRIPTION_ACTIONS,
  SUBSCRIPTION_EVENTS,
  SUBSCRIPTION_KINDS,
  SUBSCRIPTION_REFUSALS,
  SUBSCRIPTION_STATUSES,
} from '../states/subscription.ts'
import { RHYTHM_UNITS } from '../subscriptions/schedule.ts'
import { ZOMBIE_KINDS } from '../states/zombie.ts'
import { en } from './en.ts'
import { RESULT_CLASSES } from '../sbps-codes.ts'
import { ja } from './ja.ts'
import { fill, label, labels, LANGUAGES } from './labels.ts'

const TABLES: Readonly<Record<string, readonly string[]>> = {
  status: PAYMENT_STATUSES,
  method: METHODS,
  site: SITES,
  billing: BILLING_METHODS,
  connection: PAYMENT_CONNECTIONS,
  date_kind: DATE_KINDS,
  store: Object.values(STORES),
  role: ROLE_CODES,
  permission: PERMISSIONS,
  column: PAYMENT_COLUMN_IDS,
  error: ERROR_CODES,
  error_advice: ERROR_CODES,
  refusal: REFUSAL_REASONS,
  poll_failure: POLL_FAILURES,
  action: ['register', ...PAYMENT_ACTIONS],
  action_do: PAYMENT_ACTIONS,
  action_accepted: PAYMENT_ACTIONS,
  action_done: PAYMENT_ACTIONS,
  operation_state: OPERATION_STATES,
  message_state: MESSAGE_STATES,
  screening_result: SCREENING_RESULTS,
  screening_column: screeningColumns.map((column) => column.id),
  return_task: RETURN_TASKS,
  return_column: customerReturnColumns.map((column) => column.id),
  owed_reason: OWED_REASONS,
  account_kind: ACCOUNT_KINDS,
  zombie_kind: ZOMBIE_KINDS,
  zombie_cause: ZOMBIE_KINDS,
  result_class: RESULT_CLASSES,
  slip_number: SLIP_NUMBERS,
  slip_how: Object.values(STORES),
  slip_state: SLIP_STATES,
  slip_warning: SLIP_WARNINGS,
  slip_column: slipColumns.map((column) => column.id),
  subscription_kind: SUBSCRIPTION_KINDS,
  subscription_kind_hint: SUBSCRIPTION_KINDS,
  subscription_status: SUBSCRIPTION_STATUSES,
  subscription_column: subscriptionColumns.map((column) => column.id),
  subscription_action: SUBSCRIPTION_ACTIONS,
  subscription_refusal: SUBSCRIPTION_REFUSALS,
  subscription_event: SUBSCRIPTION_EVENTS,
  subscription_field: Object.keys(subscriptionChange.def.shape),
  cycle_state: CYCLE_STATES,
  rhythm_unit: RHYTHM_UNITS,
  rescue_kind: RESCUE_KINDS,
  rescue_task: RESCUE_KINDS,
  rescue_sort: RESCUE_SORTS,
  remedy: REMEDIES,
  np_problem: NP_FIELD_PROBLEMS,
  money_step: moneyStep.shape.kind.options,
  step_state: moneyStep.shape.state.options,
}

function walk(words: Readonly<Record<string, Readonly<Record<string, string>>>>): [string, string][] {
  return Object.entries(words).flatMap(([group, entries]) =>
    Object.entries(entries).map(([key, word]): [string, string] => [`${group}.${key}`, word]),
  )
}

function places(word: string): string[] {
  return [...word.matchAll(/\{(\w+)(?:\|[^|{}]+\|[^|{}]+)?\}/g)].map((match) => match[1] ?? '').sort()
}

describe('labels', () => {
  test('both languages name the same keys', () => {
    expect(
      walk(en)
        .map(([key]) => key)
        .sort(),
    ).toEqual(
      walk(ja)
        .map(([key]) => key)
        .sort(),
    )
  })

  test('no word is empty, in either language', () => {
    expect([...walk(ja), ...walk(en)].filter(([, word]) => word.trim() === '')).toEqual([])
  })

  test('both languages fill the same places', () => {
    const english = new Map(walk(en))
    expect(walk(ja).filter(([key, word]) => String(places(word)) !== String(places(english.get(key) ?? '')))).toEqual(
      [],
    )
  })

  test('English words carry no Japanese letters', () => {
    expect(walk(en).filter(([, word]) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(word))).toEqual([])
  })

  test.each(Object.keys(TABLES))('names every %s the product knows', (group) => {
    for (const language of LANGUAGES) {
      const words = labels(language)[group as keyof typeof ja] as Readonly<Record<string, string>>
      expect((TABLES[group] ?? []).filter((key) => !Object.hasOwn(words, key))).toEqual([])
    }
  })

  test('every labelled column points at a group that exists, but the shops, which name themselves', () => {
    const groups = paymentColumns.flatMap((column) => ('labels' in column ? [column.labels] : []))
    expect(groups.filter((group) => group !== 'shop' && !Object.hasOwn(ja, group))).toEqual([])
  })

  test('an SBPS code is said in the words of its method', () => {
    expect(label('ja', 'reason', '10142999')).toBe('売上確定の期限を過ぎています')
    expect(label('en', 'reason', '70120999')).toBe('The collection agency is busy')
    expect(label('en', 'reason', '10185999')).toBe('The institution could not be reached')
  })

  test('a code nobody has named is shown as it is', () => {
    expect(label('ja', 'reason', 'RE777')).toBe('RE777')
    expect(label('ja', 'no_such_group', 'toString')).toBe('toString')
  })

  test('no word is only its key in the code', () => {
    const bare = (words: Readonly<Record<string, string>>) =>
      Object.entries(words).filter(([key, word]) => word === key && /[A-Z_]/.test(key))
    for (const words of [ja, en]) expect(Object.values(words).flatMap(bare)).toEqual([])
  })

  test('places are filled, and an unknown place stays visible', () => {
    expect(fill('注文 {order}、{other}', { order: 'A-1' })).toBe('注文 A-1、{other}')
  })

  test('what is counted in English follows its number', () => {
    const words = '{rows|row is|rows are} wrong'
    expect([1, '1', 0, 2, '1,001'].map((rows) => fill(words, { rows }))).toEqual([
      '1 row is wrong',
      '1 row is wrong',
      '0 rows are wrong',
      '2 rows are wrong',
      '1,001 rows are wrong',
    ])
    const one = /\{(?:count|rows|days|months|payments|lines|times)\} [a-z]+s\b/
    expect(walk(en).filter(([, word]) => one.test(word))).toEqual([])
  })
})

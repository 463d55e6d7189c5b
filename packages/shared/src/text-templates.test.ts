import { describe, expect, test } from 'vitest'
import './labels/all.ts'
import { sampleOf, standardTemplate, templateFaults, TEXT_TEMPLATE_KINDS, textTemplate } from './text-templates.ts'

const EACH = TEXT_TEMPLATE_KINDS.flatMap((kind) => textTemplate(kind).languages.map((language) => ({ kind, language })))

describe.each(EACH)('the wording of the house for $kind in $language', ({ kind, language }) => {
  test('has no fault, and its sample leaves no place open', () => {
    const text = standardTemplate(kind, language)
    expect(templateFaults(kind, text)).toEqual([])
    const { subject, body } = sampleOf(kind, text, language)
    expect(`${subject}${body}`).not.toMatch(/[{}]/)
  })
})

test('a place nobody fills, one that is missing, an open brace and a second line are each told, by name', () => {
  const text = { subject: '{shop} {nam}\n', body: '{order} {amuont} {due {numbers}' }
  expect(templateFaults('slip', text)).toEqual([
    { field: 'subject', fault: 'broken', place: null },
    { field: 'subject', fault: 'unknown', place: 'nam' },
    { field: 'body', fault: 'broken', place: null },
    { field: 'body', fault: 'unknown', place: 'amuont' },
    { field: 'body', fault: 'missing', place: 'amount' },
    { field: 'body', fault: 'missing', place: 'due' },
  ])
})

test('what is required must stand in the text itself; a paragraph on paper is one short line', () => {
  expect(templateFaults('invitation', { subject: '{link}', body: 'はい' })).toMatchObject([{ place: 'link' }])
  expect(templateFaults('invitation', { subject: ' ', body: '{link}' })).toMatchObject([{ fault: 'empty' }])
  const paper = (body: string) => templateFaults('bundled_invoice', { subject: '', body }).map(({ fault }) => fault)
  expect([paper('{where}へ'), paper('{where}\nへ'), paper(`{where}${'へ'.repeat(120)}`)]).toEqual([
    [],
    ['broken'],
    ['too_long'],
  ])
})

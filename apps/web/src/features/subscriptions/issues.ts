/** The fields an answer names as wrong, in the words of the form. */
import type { ApiError } from '../../api/api-error.ts'
import { label, type Language } from '@choba/shared/labels/labels.ts'

/** What the form cannot know before it asks: labels of the form by the field at fault. */
const SAID: Readonly<Record<string, string>> = {
  kind: 'not_offered',
  fallbackMethod: 'not_offered',
  endsOn: 'end_early',
  firstOn: 'day_past',
  nextOn: 'day_past',
  cardOrderNumber: 'not_chargeable',
  retryDays: 'retry_wrong',
  goods: 'price_wrong',
}

export function wrongFields(details: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const issues = details?.['issues']
  return Array.isArray(issues) ? issues.map((issue: { path?: unknown }) => String(issue.path)) : []
}

/** The cause and what to do, as near to the field as the answer says. */
export function failureWords(language: Language, { code, details }: ApiError): string {
  const known = wrongFields(details)
    .map((path) => SAID[path.replace(/^change\./, '')])
    .find((name) => name !== undefined)
  if (known !== undefined) return label(language, 'subscription_form', known)
  const stop = language === 'ja' ? '。' : '. '
  return `${label(language, 'error', code)}${stop}${label(language, 'error_advice', code)}`
}

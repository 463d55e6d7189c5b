/** What an entry says has changed, name by name, in the words of the screen. */
import { label, type Language } from '@choba/shared/labels/labels.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { formatInstant } from '../../ui/time/format-time.ts'

export type ChangedKey = { readonly key: string; readonly before: string; readonly after: string }

/** Codes that stand on the screen under a word, by the name they are told under. */
const WORDS_OF: Readonly<Record<string, string>> = {
  method: 'method',
  methods: 'method',
  role: 'role',
  roles: 'role',
  // Of other things the kind is a code without a word here.
  kind: 'notification_kind',
  permissions: 'permission',
  environment: 'environment',
  sites: 'site',
  billingMethods: 'billing',
  invoices: 'invoice_ways',
  how: 'audit_how',
  why: 'audit_why',
}
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/
const NOTHING = '–'

/** What differs between two states, key by key. A state that is no object counts as one value. */
export function changedKeys(before: unknown, after: unknown, language: Language): ChangedKey[] {
  const [left, right] = [fieldsOf(before), fieldsOf(after)]
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])]
  return keys
    .map((key) => ({
      key: key === NOTHING ? key : label(language, 'audit_field', key),
      before: say(key, left[key], language),
      after: say(key, right[key], language),
    }))
    .filter((each) => each.before !== each.after)
}

function fieldsOf(state: unknown): Readonly<Record<string, unknown>> {
  if (state === null || state === undefined) return {}
  return typeof state === 'object' && !Array.isArray(state) ? { ...state } : { [NOTHING]: state }
}

/** A list is a line for each, and what holds names of its own a line for each of them. */
function say(key: string, value: unknown, language: Language): string {
  if (value === undefined || value === null || value === '') return NOTHING
  if (Array.isArray(value))
    return value.length === 0 ? NOTHING : value.map((each) => say(key, each, language)).join('\n')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, held]) => `${label(language, 'audit_field', name)}: ${say(name, held, language)}`)
      .join('\n')
  if (typeof value === 'boolean') return label(language, 'audit_log', value ? 'yes' : 'no')
  if (typeof value === 'number') return key.endsWith('Yen') ? formatYen(value) : String(value)
  const text = String(value)
  if (INSTANT.test(text)) return formatInstant(text, language)
  const group = WORDS_OF[key]
  return group === undefined ? text : label(language, group, text)
}

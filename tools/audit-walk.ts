/** Every change that can be made by the API was made by a test, and stood in the audit log at least once. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Walked } from '../apps/bff/src/testing/audit-walk.ts'
import { CONTRACTS } from '../packages/shared/src/contracts/index.ts'

/** Changes nobody is told of, and why. */
const NOT_AUDITED: Readonly<Record<string, string>> = {
  'preferences.set': 'how a person likes to look at lists',
  'views.setDefault': 'how a person likes to look at lists',
  'inbox.read': 'what a person has read',
  'calendar.preview': 'what a change would do',
  'calendar.readFile': 'a file looked at',
  'connections.sync': 'asks a provider for its news earlier',
  'agreements.test': 'asks a provider and keeps nothing',
  'mail.test': 'one mail to whoever asks for it, and nothing kept',
  'invoicePrints.check': 'a question too long for an address',
  'rescue.outcomes': 'a question too long for an address',
  'payouts.previewFile': 'a file looked at',
  'contractTerms.preview': 'what a change would do',
  'subscriptions.preview': 'what a change would do',
  'orderEntry.reserveNumber': 'told with the order that takes the number',
  'exports.create': 'told as <list>.export when the file is written',
  'security.startCodes': 'nothing stands before the first code is confirmed',
  'security.askForPasskey': 'nothing stands before the passkey is added',
  'guide.removeDemo': 'the log of the demo goes with it',
}

/** Made in the browser tests alone: they need a device, or another server. */
const IN_BROWSER: Readonly<Record<string, string>> = {
  'security.askForPasskey': 'e2e/people.test.ts',
  'security.addPasskey': 'e2e/people.test.ts',
  'security.removePasskey': 'e2e/people.test.ts',
  'guide.connectSandbox': 'e2e/setup-guide.test.ts',
}

/** What is wrong, in sentences; nothing when all is well. */
export function findGaps(walked: readonly Walked[], changes: readonly string[]): string[] {
  const made = new Set(walked.map(({ contract }) => contract))
  const audited = new Set(walked.filter(({ isAudited }) => isAudited).map(({ contract }) => contract))
  return changes.flatMap((name) => {
    if (!made.has(name)) return name in IN_BROWSER ? [] : [`${name} is made by no test`]
    if (name in NOT_AUDITED) return audited.has(name) ? [`${name} is audited: take it out of the exceptions`] : []
    return audited.has(name) ? [] : [`${name} does not stand in the audit log`]
  })
}

export function readWalk(folder: string): Walked[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Walked)
}

/** Names that entries say something under, and that no language has a word for. */
export function findUnnamed(folder: string, words: ReadonlyArray<Readonly<Record<string, string>>>): string[] {
  const fields = readdirSync(folder)
    .filter((name) => name.endsWith('.fields'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
  return [...new Set(fields)]
    .filter((field) => field !== '' && words.some((known) => !Object.hasOwn(known, field)))
    .toSorted()
    .map((field) => `${field} stands in entries, and has no word in audit_field`)
}

/** By name, as in the table of contracts. */
export const CHANGES = CONTRACTS.filter(({ contract }) => contract.method !== 'GET').map(({ name }) => name)

/** What a merchant sets of a connection by itself. What only the provider's contract knows is entered when the connection is made. */
import * as z from 'zod/mini'
import { LONG_REVIEW_HOURS } from './states/screening.ts'

export type NumberSetting = {
  readonly kind: 'number'
  readonly providers: readonly string[]
  readonly min: number
  readonly max: number
  /** Holds while nothing is set. */
  readonly usual: number
}

export const NUMBER_SETTINGS = {
  /** Hours after which a review is somebody's task. */
  longReviewHours: { kind: 'number', providers: ['np'], min: 1, max: 168, usual: LONG_REVIEW_HOURS },
  /** Seconds between two rounds of asking for news. The providers name no rate: assumed. */
  pollSeconds: { kind: 'number', providers: ['np', 'sbps'], min: 5, max: 3_600, usual: 120 },
  /** Days to pay at a store, where the answer of the payment page names no day; SBPS lets 59 stand at most. */
  storeDueDays: { kind: 'number', providers: ['sbps'], min: 1, max: 59, usual: 59 },
  /** How often an operation is sent at most while the provider has trouble of its own; then a person is told. */
  mostSends: { kind: 'number', providers: ['np', 'sbps'], min: 1, max: 20, usual: 8 },
} as const satisfies Record<string, NumberSetting>
export type NumberSettingName = keyof typeof NUMBER_SETTINGS
export const NUMBER_SETTING_NAMES = Object.keys(NUMBER_SETTINGS) as NumberSettingName[]

export const NP_PAY_METHOD_USUAL = 'nppostpay'

function within({ min, max }: NumberSetting) {
  return z.optional(z.int().check(z.gte(min), z.lte(max)))
}

/** A setting that is left out stays as it is. */
export const settingsChange = z.object({
  longReviewHours: within(NUMBER_SETTINGS.longReviewHours),
  pollSeconds: within(NUMBER_SETTINGS.pollSeconds),
  storeDueDays: within(NUMBER_SETTINGS.storeDueDays),
  mostSends: within(NUMBER_SETTINGS.mostSends),
  /** SBPS's word for NP postpaid on its payment page, which is not public. */
  npPayMethod: z.optional(z.string().check(z.regex(/^[0-9a-z]{1,30}$/))),
})
export type SettingsChange = z.output<typeof settingsChange>
export type SettingName = keyof SettingsChange

/** What may be set of a connection. SBPS's own page serves the Link type alone. */
export function settingsOf(provider: string, connectionMethod: string): readonly SettingName[] {
  const isLink = provider === 'sbps' && connectionMethod === 'link'
  const numbers = NUMBER_SETTING_NAMES.filter(
    (name) =>
      (NUMBER_SETTINGS[name].providers as readonly string[]).includes(provider) && (name !== 'storeDueDays' || isLink),
  )
  return isLink ? [...numbers, 'npPayMethod'] : numbers
}

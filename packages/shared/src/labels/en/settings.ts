/** Settings: their list and the pages behind it, in English. */
import type { settingsWords as japanese } from '../ja/settings.ts'
import type { Words } from '../types.ts'

export const settingsWords: Words<typeof japanese> = {
  settings: {
    nothing: 'Your permissions change no setting',
  },
  settings_section: {
    people: 'People and roles',
    security: 'Sign-in conditions',
    contracts: 'Contracts',
    carriers: 'Carriers',
  },
  settings_lead: {
    people: 'Who can sign in, as what, and who is invited',
    security: 'Two-factor sign-in, addresses people may come from',
    contracts: 'Fees, closing and payout, limit, points: per shop and method, each from its day',
    carriers: 'Who carries parcels, and what files call them',
  },
}

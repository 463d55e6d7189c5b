/** What happened to a payment, in English, as the timeline says it. */
import type { events as japanese } from '../ja/events.ts'
import type { Words } from '../types.ts'

export const events: Words<typeof japanese> = {
  event: {
    registered: 'Payment registered',
  },
}

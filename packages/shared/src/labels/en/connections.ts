/** Connections to providers: whether they answer, in English. */
import type { connectionWords as japanese } from '../ja/connections.ts'
import type { Words } from '../types.ts'

export const connectionWords: Words<typeof japanese> = {
  polling: {
    title: 'Asking the providers',
    answered: 'Answered {at}',
    never: 'Not asked yet',
    failing: 'No answer since {at}',
    last_answer: 'Last answer {at}',
    next_try: 'Next try {at}',
    now: 'Try now',
    banner: 'No news from {provider} ({shop}) since {at}. This list may be out of date.',
  },
  connection_settings: {
    title: 'Connection settings',
    lead: 'Values that say how this console works with each connection. A change is used as soon as it is saved.',
    usual: 'usual value',
    save: 'Save settings',
    saved: 'The connection settings are saved',
    range: 'A whole number from {min} to {max}',
    bad_word: 'Small letters and digits, at most 30',
    failed: 'The connection settings could not be loaded',
  },
  connection_setting: {
    longReviewHours: 'A review is long after',
    pollSeconds: 'The provider is asked every',
    storeDueDays: 'Days to pay at a store (when the answer names none)',
    mostSends: 'Most sends while a provider has trouble',
    npPayMethod: 'SBPS’s code for NP postpaid',
  },
  connection_setting_unit: {
    longReviewHours: 'hours',
    pollSeconds: 'seconds',
    storeDueDays: 'days',
    mostSends: 'sends',
  },
  connection_setting_hint: {
    longReviewHours: 'Longer reviews appear in the rescue queue.',
    pollSeconds: 'A shorter pause brings news sooner and asks the provider more often.',
    storeDueDays: 'SBPS allows 59 days at most.',
    mostSends: 'Beyond this it is not tried again by itself, and the operation has failed.',
    npPayMethod: 'Not public: enter the code SBPS gave you.',
  },
  poll_failure: {
    unreachable: 'It cannot be reached. Check the network and the address of the connection.',
    no_answer: 'It did not answer in time. The provider may be down.',
    unauthorized: 'It refused the credentials. Check those of the connection.',
    unavailable: 'The provider cannot serve for the moment.',
    refused: 'It did not accept the question.',
    unreadable: 'Its answer cannot be read.',
    internal: 'A fault or a missing setting on our side keeps it from being asked. Tell whoever runs the server.',
  },
}

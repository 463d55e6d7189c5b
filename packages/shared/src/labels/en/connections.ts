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
  poll_failure: {
    unreachable: 'It cannot be reached. Check the network and the address of the connection.',
    no_answer: 'It did not answer in time. The provider may be down.',
    unauthorized: 'It refused the credentials. Check those of the connection.',
    unavailable: 'The provider cannot serve for the moment.',
    refused: 'It did not accept the question.',
    unreadable: 'Its answer cannot be read.',
  },
}

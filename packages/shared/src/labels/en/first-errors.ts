/** What can go wrong before the words of a page are there, in English. */
import type { firstErrors as japanese } from '../ja/first-errors.ts'
import type { Words } from '../types.ts'

export const firstErrors: Words<typeof japanese> = {
  error: {
    'request.invalid': 'The input was not accepted',
    'request.too_large': 'The request is too large',
    'request.cross_site': 'A request from another site was refused',
    'auth.required': 'Please sign in',
    'auth.forbidden': 'You are not allowed to do this',
    'auth.too_many_attempts': 'Too many attempts',
    'resource.not_found': 'Not found',
    'route.not_found': 'Page not found',
    'service.unavailable': 'The service is not available',
    'service.timeout': 'There was no answer in time',
    internal: 'Something went wrong',
    'network.offline': 'The server cannot be reached',
    unknown: 'Something went wrong',
  },
}

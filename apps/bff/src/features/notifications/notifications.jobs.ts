import type { TaskHandlers } from '../../jobs/tasks.ts'
import { type LookDeps, lookForNews } from './look.service.ts'
import { mailNews, type MailsDeps } from './mails.service.ts'
import { dropTold } from './told.queries.ts'

/** The look every minute; what is old goes at night in Tokyo. */
export const NOTIFICATIONS_CRONTAB = `* * * * * notifications:look\n50 18 * * * notifications:prune`

const KEPT_DAYS = 180
const DAY_MS = 86_400_000

export function notificationJobs(deps: LookDeps & MailsDeps): TaskHandlers {
  return {
    'notifications:look': async () => {
      await lookForNews(deps)
      await mailNews(deps)
    },
    'notifications:prune': () => dropTold(deps.db.owner, new Date(deps.clock.now().getTime() - KEPT_DAYS * DAY_MS)),
  }
}

/** The pretend SBPS as a whole: its API, token script, portal, notices and everything it does by itself. */
import type { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { mountApi } from './api.ts'
import { handleDeposits } from './deposits.ts'
import { SBPS_GUIDE } from './guide.ts'
import type { AskSettings } from './link/ask-merchant.ts'
import { mountLink } from './link/link.ts'
import { createNotices, type NoticeSettings } from './notices.ts'
import { mountPortal } from './portal.ts'
import { createSbps } from './records.ts'
import { handleClosings } from './sales.ts'
import { handleSimpleCharges } from './simple-recurring.ts'
import { mountTokens } from './tokens.ts'

export function mountSbps(app: Hono, deps: Deps, noticeSettings?: NoticeSettings, askSettings?: AskSettings): void {
  const sbps = createSbps(deps)
  const notices = createNotices(sbps, noticeSettings)
  handleDeposits(sbps, notices)
  handleClosings(sbps)
  handleSimpleCharges(sbps, notices)
  mountApi(app, sbps)
  mountTokens(app, sbps)
  mountPortal(app, sbps)
  mountLink(app, sbps, deps, askSettings)
  deps.guide.push(...SBPS_GUIDE)
  deps.undelivered.push(() => notices.undeliveredCount())
  deps.background.push(notices)
}

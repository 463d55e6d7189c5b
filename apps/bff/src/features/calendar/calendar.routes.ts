import { calendar } from '@choba/shared/contracts/calendar.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { type CalendarDeps, changeCalendar, getCalendar, previewCalendar } from './calendar.service.ts'
import { readFile } from './file.service.ts'

export function mountCalendar(app: App, deps: CalendarDeps): void {
  mount(app, calendar.get, ({ query }, session) => getCalendar(deps, session, query.year))
  mount(app, calendar.preview, ({ body }, session) => previewCalendar(deps, session, body))
  mount(app, calendar.change, ({ body }, session) => changeCalendar(deps, session, body))
  mount(app, calendar.readFile, ({ body }, session) => readFile(deps, session, body.base64))
}

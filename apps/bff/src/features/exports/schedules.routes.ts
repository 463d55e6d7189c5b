import { exportSchedules } from '@choba/shared/contracts/export-schedules.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import {
  addExportSchedule,
  changeExportSchedule,
  listExportSchedules,
  pauseExportSchedule,
  removeExportSchedule,
  runExportSchedule,
  type SchedulesDeps,
} from './schedules.service.ts'

export function mountExportSchedules(app: App, deps: SchedulesDeps): void {
  mount(app, exportSchedules.list, (_input, session) => listExportSchedules(deps, session))
  mount(app, exportSchedules.add, ({ body }, session) => addExportSchedule(deps, session, body))
  mount(app, exportSchedules.change, ({ id, body }, session) => changeExportSchedule(deps, session, idOf(id), body))
  mount(app, exportSchedules.pause, ({ id, body }, session) =>
    pauseExportSchedule(deps, session, idOf(id), body.isPaused),
  )
  mount(app, exportSchedules.run, ({ id, body }, session) =>
    runExportSchedule(deps, session, idOf(id), body.idempotencyKey),
  )
  mount(app, exportSchedules.remove, ({ id }, session) => removeExportSchedule(deps, session, idOf(id)))
}

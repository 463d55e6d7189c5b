import { EXPORT_FILE_PATH, exports } from '@choba/shared/contracts/exports.ts'
import { AppError } from '../../core/app-error.ts'
import { exportHeaders } from '../../exports/list-export.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount } from '../../http/mount.ts'
import { cancelExport, createExport, type ExportsDeps, listExports, listTakers, takeFile } from './exports.service.ts'

export function mountExports(app: App, deps: ExportsDeps): void {
  mount(app, exports.list, ({ query }, session) => listExports(deps, session, query))
  mount(app, exports.create, ({ body }, session) => createExport(deps, session, body))
  mount(app, exports.cancel, ({ id }, session) => cancelExport(deps, session, idOf(id)))
  mount(app, exports.downloads, ({ id }, session) => listTakers(deps, session, idOf(id)))
  app.get(EXPORT_FILE_PATH, async (c) => {
    const session = authorize(c, 'sales.export')
    const download = await takeFile(deps, session, idOf(c.req.param('id')))
    return c.body(download.body, 200, exportHeaders(download))
  })
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What is no id names nothing. */
function idOf(text: string): string {
  if (!UUID.test(text)) throw new AppError('resource.not_found')
  return text
}

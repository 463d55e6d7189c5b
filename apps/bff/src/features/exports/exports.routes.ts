import { EXPORT_FILE_PATH, exports } from '@choba/shared/contracts/exports.ts'
import { exportHeaders } from '../../exports/list-export.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
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

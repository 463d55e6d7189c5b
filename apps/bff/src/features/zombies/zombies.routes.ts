import { ZOMBIE_EXPORT_PATH, zombieExportQuery, zombies } from '@choba/shared/contracts/zombies.ts'
import { checkListExport, type ExportDeps, exportHeaders, exportList } from '../../exports/list-export.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { zombiesExport } from './zombies-export.ts'
import { totalZombies } from './zombies.queries.ts'
import { getZombies, type ZombieDeps } from './zombies.service.ts'

export function mountZombies(app: App, deps: ZombieDeps & ExportDeps): void {
  mount(app, zombies.list, ({ query }, session) => getZombies(deps, session, query))
  mount(app, zombies.totals, ({ query }, { merchantId }) =>
    totalZombies(deps.db.merchant(merchantId), merchantId, query),
  )
  mount(app, zombies.checkExport, ({ query }, session) => checkListExport(deps, session, zombiesExport, query))
  app.get(ZOMBIE_EXPORT_PATH, async (c) => {
    const session = authorize(c, zombies.checkExport.permission)
    const query = parseInput(zombieExportQuery, c.req.query(), 'query')
    const download = await exportList(deps, session, zombiesExport, query)
    return c.body(download.body, 200, exportHeaders(download))
  })
}

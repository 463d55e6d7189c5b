import { CONTRACTS } from '@choba/shared/contracts/index.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize } from '../../http/mount.ts'
import { describeApi } from './openapi.ts'

export function mountDeveloper(app: App): void {
  app.get('/api/openapi.json', (c) => {
    authorize(c, 'developer.read')
    return c.json(describeApi(CONTRACTS))
  })
}

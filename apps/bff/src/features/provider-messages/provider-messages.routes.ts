import { providerMessages } from '@choba/shared/contracts/provider-messages.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import {
  getMessage,
  listWaiting,
  type MessagesDeps,
  receiveNotice,
  replayMessage,
} from './provider-messages.service.ts'

export function mountProviderMessages(app: App, deps: MessagesDeps): void {
  mount(app, providerMessages.list, ({ query }, session) => listWaiting(deps, session, query))
  mount(app, providerMessages.get, ({ id }, session) => getMessage(deps, session, idOf(id)))
  mount(app, providerMessages.replay, ({ id }, session) => replayMessage(deps, session, id))

  // Providers knock here without a session: the checksum of the notice is what lets them in.
  app.post('/notices/:provider/:account', async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    const answer = await receiveNotice(
      deps,
      c.req.param('provider'),
      c.req.param('account'),
      body,
      c.req.header('content-type') ?? '',
    )
    if (answer === undefined) return c.notFound()
    if (!answer.accepted) c.get('log').warn({ provider: c.req.param('provider') }, 'a notice was refused')
    return c.body(answer.body as Uint8Array<ArrayBuffer>, 200, { 'content-type': answer.contentType })
  })
}

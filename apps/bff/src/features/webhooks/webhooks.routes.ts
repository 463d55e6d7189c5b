import { webhooks } from '@choba/shared/contracts/webhooks.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import { getDeliveries, getDelivery, pingWebhook, replayDeliveries } from './deliveries.service.ts'
import {
  changeWebhook,
  createWebhook,
  getWebhooks,
  removeWebhook,
  rotateSecret,
  type WebhookDeps,
} from './webhooks.service.ts'

export function mountWebhooks(app: App, deps: WebhookDeps): void {
  mount(app, webhooks.list, (_input, session) => getWebhooks(deps, session))
  mount(app, webhooks.create, ({ body }, session) => createWebhook(deps, session, body))
  mount(app, webhooks.change, ({ id, body }, session) => changeWebhook(deps, session, idOf(id), body))
  mount(app, webhooks.rotate, ({ id }, session) => rotateSecret(deps, session, idOf(id)))
  mount(app, webhooks.remove, ({ id }, session) => removeWebhook(deps, session, idOf(id)))
  mount(app, webhooks.ping, ({ id, body }, session) => pingWebhook(deps, session, idOf(id), body.id))
  mount(app, webhooks.deliveries, ({ query }, session) => getDeliveries(deps, session, query))
  mount(app, webhooks.replay, ({ body }, session) => replayDeliveries(deps, session, body))
  mount(app, webhooks.delivery, ({ id }, session) => getDelivery(deps, session, idOf(id)))
}

import { messageTemplates } from '@choba/shared/contracts/message-templates.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { getTemplate, type MessageTemplateDeps, setTemplate } from './message-templates.service.ts'

export function mountMessageTemplates(app: App, deps: MessageTemplateDeps): void {
  mount(app, messageTemplates.get, ({ query }, session) => getTemplate(deps, session, query))
  mount(app, messageTemplates.set, ({ body }, session) => setTemplate(deps, session, body))
}

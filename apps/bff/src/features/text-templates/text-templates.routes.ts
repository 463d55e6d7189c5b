import { textTemplates } from '@choba/shared/contracts/text-templates.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { changeText, getTexts, type TextDeps } from './text-templates.service.ts'

export function mountTextTemplates(app: App, deps: TextDeps): void {
  mount(app, textTemplates.list, (_input, session) => getTexts(deps, session))
  mount(app, textTemplates.put, ({ body }, session) => changeText(deps, session, body))
}

import { mail } from '@choba/shared/contracts/mail.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import { changeMail, getMail, getMailLog, type MailDeps, removeMail, resendMail, testMail } from './mail.service.ts'

export function mountMail(app: App, deps: MailDeps): void {
  mount(app, mail.get, (_input, session) => getMail(deps, session))
  mount(app, mail.put, ({ body }, session) => changeMail(deps, session, body))
  mount(app, mail.remove, (_input, session) => removeMail(deps, session))
  mount(app, mail.test, ({ body }, session) => testMail(deps, session, body.to))
  mount(app, mail.log, ({ query }, session) => getMailLog(deps, session, query.cursor))
  mount(app, mail.resend, ({ id }, session) => resendMail(deps, session, idOf(id)))
}

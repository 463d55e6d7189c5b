import { privacy } from '@choba/shared/contracts/privacy.ts'
import { person } from '../../core/actor.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import { type ErasureDeps, eraseCustomer, getErasure } from './erasure.service.ts'
import { changePrivacy, getPrivacy, previewDue } from './privacy.service.ts'

export function mountPrivacy(app: App, deps: ErasureDeps): void {
  mount(app, privacy.get, (_input, session) => getPrivacy(deps, session))
  mount(app, privacy.put, ({ body }, session) => changePrivacy(deps, session, body))
  mount(app, privacy.due, ({ query }, session) => previewDue(deps, session, query.years))
  mount(app, privacy.erasure, ({ id }, session) => getErasure(deps, session, idOf(id)))
  mount(app, privacy.erase, ({ id, body }, session) =>
    eraseCustomer(
      deps,
      { merchantId: session.merchantId, customerId: idOf(id) },
      { actor: person(session), reason: body.reason },
    ),
  )
}

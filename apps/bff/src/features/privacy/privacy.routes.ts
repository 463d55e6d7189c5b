import { privacy } from '@choba/shared/contracts/privacy.ts'
import { reveals } from '@choba/shared/contracts/reveals.ts'
import { person } from '../../core/actor.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import { type ErasureDeps, eraseCustomer, getErasure } from './erasure.service.ts'
import { changePrivacy, getPrivacy, previewDue } from './privacy.service.ts'
import { getRevealsLeft, reveal } from './reveal.service.ts'

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
  mount(app, reveals.left, (_input, session) => getRevealsLeft(deps, session))
  mount(app, reveals.payment, ({ id, body }, session) =>
    reveal(deps, session, { kind: 'payment', id: idOf(id), ...body }),
  )
  mount(app, reveals.customer, ({ id, body }, session) =>
    reveal(deps, session, { kind: 'customer', id: idOf(id), ...body }),
  )
}

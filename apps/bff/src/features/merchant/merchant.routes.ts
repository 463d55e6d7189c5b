import { agreements, merchant } from '@choba/shared/contracts/merchant.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import { addAgreement, type AgreementDeps, changeAgreement, listAgreements } from './agreements.service.ts'
import { addShop, changeShop, getMerchant, renameMerchant } from './merchant.service.ts'
import { testAgreement } from './probe.service.ts'

export function mountMerchant(app: App, deps: AgreementDeps): void {
  mount(app, merchant.get, (_input, session) => getMerchant(deps, session))
  mount(app, merchant.rename, ({ body }, session) => renameMerchant(deps, session, body.name))
  mount(app, merchant.addShop, ({ body: { id, ...shop } }, session) => addShop(deps, session, id, shop))
  mount(app, merchant.changeShop, ({ id, body }, session) => changeShop(deps, session, idOf(id), body))
  mount(app, agreements.list, (_input, session) => listAgreements(deps, session))
  mount(app, agreements.add, ({ body }, session) => addAgreement(deps, session, body))
  mount(app, agreements.change, ({ id, body }, session) => changeAgreement(deps, session, idOf(id), body))
  mount(app, agreements.test, ({ id }, session) => testAgreement(deps, session, idOf(id)))
}

import { contractTerms } from '@choba/shared/contracts/contract-terms.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { changeTerm, type ContractDeps, listContracts, previewTerm } from './contracts.service.ts'
import { comparePlans } from './plans.service.ts'

export function mountContracts(app: App, deps: ContractDeps): void {
  mount(app, contractTerms.list, (_, { merchantId }) => listContracts(deps, merchantId))
  mount(app, contractTerms.preview, ({ body }, session) => previewTerm(deps, session, body))
  mount(app, contractTerms.change, ({ body }, session) => changeTerm(deps, session, body))
  mount(app, contractTerms.plans, ({ query }, { merchantId }) => comparePlans(deps, merchantId, query))
}

/** How far a new merchant is on the way to its first payment. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import { GUIDE_STEPS, type guide, type GuideStep } from '@choba/shared/contracts/setup.ts'
import type { Method } from '@choba/shared/methods.ts'
import { replaceSetting } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { type GuideFacts, putGuide, readGuideFacts } from './setup.queries.ts'

type Deps = { readonly db: Db; readonly hasSandbox: boolean }

export async function getGuide({ db, hasSandbox }: Deps, { merchantId }: Session): Promise<Output<typeof guide.get>> {
  const facts = await readGuideFacts(db.merchant(merchantId), merchantId)
  const lacking = lackOf(facts)
  return {
    merchantName: facts.name,
    environment: facts.environment,
    hasSandbox: hasSandbox && facts.environment === 'sandbox',
    isFinished: facts.isFinished,
    methods: chosenIn(facts),
    ...lacking,
    steps: GUIDE_STEPS.map((step) => ({ step, state: stateOf(step, facts, lacking) })),
  }
}

export async function changeGuide(
  { db }: Deps,
  session: Session,
  next: Parsed<typeof guide.put>['body'],
): Promise<{ done: true }> {
  const { merchantId } = session
  await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const { methods, skipped, isFinished } = await readGuideFacts(tx, merchantId)
      const before = { methods, skipped, isFinished }
      const after = { ...next, methods: [...new Set(next.methods)], skipped: [...new Set(next.skipped)] }
      const entry = {
        merchantId,
        actor: person(session),
        action: 'merchant.guide',
        subject: { kind: 'merchant', id: merchantId },
      }
      await replaceSetting(tx, entry, { before, after }, () => putGuide(tx, merchantId, after))
    })
  return { done: true }
}

type Lack = Pick<Output<typeof guide.get>, 'unconnected' | 'unagreed'>

/** A merchant that connected before it chose is taken to have chosen what it connected. */
function chosenIn({ methods, connected }: GuideFacts): Method[] {
  return methods.length > 0 ? methods : connected
}

function lackOf(facts: GuideFacts): Lack {
  const { connected, termed } = facts
  const chosen = chosenIn(facts)
  return {
    unconnected: chosen.filter((method) => !connected.includes(method)),
    unagreed: chosen.filter((method) => !termed.includes(method)),
  }
}

function stateOf(step: GuideStep, facts: GuideFacts, { unconnected, unagreed }: Lack): 'done' | 'skipped' | 'open' {
  const isChosen = facts.methods.length > 0 || facts.connected.length > 0
  const isDone: Readonly<Record<GuideStep, boolean>> = {
    shop: facts.shops > 0,
    methods: isChosen,
    connection: isChosen && unconnected.length === 0,
    terms: isChosen && unagreed.length === 0,
    history: facts.imports > 0,
    payment: facts.hasPayment,
  }
  if (isDone[step]) return 'done'
  return facts.skipped.includes(step) ? 'skipped' : 'open'
}

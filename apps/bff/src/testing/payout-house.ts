/** A shop with a contract at NP: sales that ship and arrive, and statement files brought to the console by hand. */
import { addDays, atTime, businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import type { FeeTerms } from '@choba/shared/terms.ts'
import { encodeStatements } from '@choba/wire/np/statements.ts'
import { taskHandlers } from '../app.ts'
import { connectionContext } from '../core/secret-box.ts'
import { uuidv7 } from '../core/uuid.ts'
import type { DatedNews, ProviderNews } from '../domain/payment/news.ts'
import { keepMessages } from '../ledger/inbox.ts'
import { verifyMerchant } from '../ledger/verify.ts'
import { createTestApp, type TestApp, type TestClient } from './app.ts'
import { registerPayment, tellPayment, type TestMerchant, type TestOrder } from './factory.ts'
import { addTerms } from './terms.ts'

export const PLAN_A: FeeTerms = {
  plan: 'A',
  rateBp: 500,
  perPaymentYen: 0,
  perInvoiceYen: 190,
  perBundledInvoiceYen: 120,
  monthlyYen: 0,
  taxClass: { rate: 'taxable10', invoice: 'taxable10', monthly: 'taxable10' },
  lines: 'single',
}

export type PayoutHouse = TestApp & {
  readonly merchant: TestMerchant
  readonly connectionId: string
  readonly accountant: TestClient
  /** The provider's day from now on. */
  goTo(day: string): void
  sale(
    order: TestOrder & { readonly npId: string; readonly shippedOn: string; readonly arrivedOn?: string },
  ): Promise<string>
  tell(paymentId: string, day: string, news: ProviderNews): Promise<void>
  /** A statement file by hand, applied to the books. */
  bring(file: StatementText): Promise<Response>
  /** The provider says that a statement was transferred. */
  pay(statementNumber: string, paidOn: string): Promise<void>
  work(): Promise<void>
  /** What waits is looked at again, as every two minutes. */
  replayWaiting(): Promise<void>
  verify(): Promise<readonly unknown[]>
}

export type StatementText = {
  readonly number: string
  readonly closingOn: string
  readonly payOn: string
  readonly text: string
  readonly mapping?: Record<string, string>
}

export async function openPayoutHouse(today = '2026-11-25'): Promise<PayoutHouse> {
  let now = atTime(businessDate(today), 12)
  const house = await createTestApp({ clock: { now: () => now } })
  const { deps, merchantId } = house
  const [shopId] = house.shopIds
  const connectionId = uuidv7()
  const secretBox = deps.secrets.seal('{"spCode":"x"}', connectionContext(merchantId, connectionId))
  await deps.db.owner
    .insertInto('connection')
    .values({
      merchantId,
      connectionId,
      shopId,
      provider: 'np',
      connectionMethod: 'api',
      methods: ['np_postpaid'],
      baseUrl: 'http://127.0.0.1:1',
      settings: '{}',
      secretBox,
      validFrom: '2020-01-01',
    })
    .execute()
  const of = { shopId, method: 'np_postpaid' }
  await addTerms(deps.db.owner, merchantId, [
    { ...of, kind: 'closing', value: { cycle: 'weekly', roll: 'next' } },
    { ...of, kind: 'fees', value: PLAN_A },
  ])
  const merchant: TestMerchant = { merchantId, shops: [shopId], connections: { [shopId]: connectionId } }
  const accountant = await house.signIn('accountant')
  const tasks = taskHandlers(deps)

  async function work(): Promise<void> {
    await tasks['messages:apply']?.({ merchantId }, undefined as never)
  }

  return {
    ...house,
    merchant,
    connectionId,
    accountant,
    work,
    goTo(day) {
      now = atTime(businessDate(day), 12)
    },
    sale({ npId, shippedOn, arrivedOn, ...order }) {
      const at = (day: string, hour: number) => atTime(businessDate(day), hour).toISOString()
      const ordered = addDays(businessDate(shippedOn), -2)
      const news: DatedNews[] = [
        { at: at(ordered, 12), news: { kind: 'screening', providerId: npId, result: 'approved', reasons: [] } },
        { at: at(shippedOn, 10), news: { kind: 'shipment_accepted', carrierCode: '59010', slipNumber: `4${npId}` } },
        ...(arrivedOn === undefined ? [] : [{ at: at(arrivedOn, 10), news: arrival(arrivedOn) }]),
      ]
      return registerPayment(
        deps.db.owner,
        merchant,
        { method: 'np_postpaid', orderedAt: at(ordered, 9), ...order },
        news,
      )
    },
    tell: (paymentId, day, news) =>
      tellPayment(deps.db.owner, merchantId, paymentId, [{ at: atTime(businessDate(day), 11).toISOString(), news }]),
    async bring(file) {
      const response = await accountant.send('POST', '/api/payouts/files', fileInput(connectionId, file))
      await work()
      return response
    },
    async pay(statementNumber, paidOn) {
      const head = {
        statementNumber,
        closedOn: businessDate(paidOn),
        paymentOn: businessDate(paidOn),
        grossAmountYen: yen(0),
        transferAmountYen: yen(0),
        status: 'paid' as const,
        transferredOn: businessDate(paidOn),
        lineCount: 0,
      }
      await deps.db.owner.transaction().execute((tx) =>
        keepMessages(tx, merchantId, [
          {
            connectionId,
            provider: 'np',
            kind: 'np_statement_paid',
            direction: 'inbound',
            state: 'received',
            uniqueKey: `statement_paid:${statementNumber}`,
            providerId: null,
            contentType: 'application/json',
            body: new TextEncoder().encode(encodeStatements([head])),
            saidAt: now.toISOString(),
          },
        ]),
      )
      await work()
    },
    async replayWaiting() {
      await tasks['messages:retry']?.({}, undefined as never)
      await work()
    },
    verify: async () => (await verifyMerchant(deps.db.owner, merchantId)).differences,
  }
}

export function fileInput(connectionId: string, { number, closingOn, payOn, text, mapping = {} }: StatementText) {
  const content = Buffer.from(text).toString('base64')
  return { connectionId, statementNumber: number, closingOn, payOn, content, mapping }
}

export function arrival(on: string): Extract<ProviderNews, { kind: 'np_status' }> {
  return { kind: 'np_status', state: 'active', invoice: null, reminders: null, paid: null, arrivalOn: businessDate(on) }
}

const OLD = '通番,NP取引ID,加盟店取引ID,ご購入者名,取引総額,NP手数料(税抜),NP手数料消費税,お支払総額'

/** A file of the old layout. Fees as plan A charges them unless said otherwise. */
export function oldFile(
  lines: ReadonlyArray<{
    readonly npId: string
    readonly name?: string
    readonly gross: number
    readonly fee?: number
    readonly tax?: number
  }>,
): string {
  const rows = lines.map(({ npId, name = '', gross, ...said }, index) => {
    const sign = Math.sign(gross)
    const fee = said.fee ?? sign * (Math.floor((Math.abs(gross) * PLAN_A.rateBp) / 10_000) + PLAN_A.perInvoiceYen)
    const tax = said.tax ?? sign * Math.floor(Math.abs(fee) / 10)
    return [index + 1, npId, name === '' ? `A-${npId}` : name, '', yen(gross), fee, tax, gross - fee - tax].join(',')
  })
  return [OLD, ...rows, ''].join('\r\n')
}

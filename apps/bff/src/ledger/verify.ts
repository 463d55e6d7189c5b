/**
 * Recomputes everything from the events and says what differs: the hash chain, each payment's projection and journal,
 * the receivable, the rollups, the seals of the audit log. It reads one snapshot and changes nothing. Payments are read
 * in chunks; the recounted rollups are held whole, so memory grows with their cells.
 */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import { METHOD_DOMAINS, type MethodRegistry } from '../domain/payment/payment.ts'
import { contentHash, genesisHash, nextHash } from './canonical.ts'
import { checkAudit } from './audit-chain.ts'
import { type Difference, Findings } from './findings.ts'
import { checkCustomers } from './verify-customers.ts'
import { checkPayments } from './verify-payments.ts'
import { checkReturns } from './verify-returns.ts'
import { RollupCheck } from './verify-rollups.ts'
import { checkSlips } from './verify-slips.ts'
import { checkStatements } from './verify-statements.ts'

export type VerifyReport = {
  readonly merchantId: string
  readonly events: number
  readonly payments: number
  readonly entries: number
  readonly differences: readonly Difference[]
  readonly truncated: boolean
}

/** One merchant's books, in one REPEATABLE READ snapshot. `db` may be the owner's or the merchant's. */
export async function verifyMerchant(
  db: Kysely<Database>,
  merchantId: string,
  methods: MethodRegistry = METHOD_DOMAINS,
): Promise<VerifyReport> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const findings = new Findings()
      const rollups = new RollupCheck()
      const events = await checkChain(tx, merchantId, findings)
      const { payments, entries } = await checkPayments(tx, merchantId, { findings, rollups, methods })
      await rollups.compare(tx, merchantId, findings)
      await checkStatements(tx, merchantId, findings)
      await checkSlips(tx, merchantId, findings)
      await checkReturns(tx, merchantId, findings)
      await checkCustomers(tx, merchantId, findings)
      await checkAudit(tx, merchantId, findings)
      return { merchantId, events, payments, entries, differences: findings.list, truncated: findings.truncated }
    })
}

/** Every event in the order of the chain: positions without a gap, each hash the one that follows from all before. */
async function checkChain(tx: Kysely<Database>, merchantId: string, findings: Findings): Promise<number> {
  let position = 0
  let hash = genesisHash(merchantId)
  const stream = tx
    .selectFrom('paymentEvent')
    .select([
      'paymentId',
      'sequence',
      'position',
      'type',
      'at',
      'actorKind',
      'actorId',
      'messageId',
      'operationId',
      'data',
      'hash',
    ])
    .where('merchantId', '=', merchantId)
    .orderBy('position')
    .stream(1000)
  for await (const event of stream) {
    position += 1
    if (event.position !== position) {
      findings.add('chain', event.paymentId, `position ${event.position} stands where ${position} is expected`)
      position = event.position
    }
    const { hash: written, position: _, at, ...content } = event
    const expected = nextHash(hash, contentHash({ ...content, merchantId, at: at.toISOString() }))
    if (!expected.equals(written))
      findings.add(
        'chain',
        event.paymentId,
        `event ${event.sequence} (position ${position}) was changed or a link before it is missing`,
      )
    // Go on from what is written, so that one broken link is one finding.
    hash = Buffer.from(written)
  }
  const head = await tx
    .selectFrom('chainHead')
    .select(['position', 'hash'])
    .where('merchantId', '=', merchantId)
    .executeTakeFirst()
  if (position > 0 && (head === undefined || head.position !== position || !hash.equals(head.hash))) {
    findings.add(
      'chain',
      merchantId,
      `the head says position ${head?.position ?? 'none'}, the last event is ${position}`,
    )
  }
  return position
}

/** All merchants, one after the other. */
export async function verifyAll(owner: Kysely<Database>): Promise<VerifyReport[]> {
  const { rows } = await sql<{ merchantId: string }>`select merchant_id from merchant order by merchant_id`.execute(
    owner,
  )
  const reports: VerifyReport[] = []
  for (const { merchantId } of rows) reports.push(await verifyMerchant(owner, merchantId))
  return reports
}

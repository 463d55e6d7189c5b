/**
 * The audit log's own chain. Entries are written without waiting for one another and sealed a little later, in order,
 * so that an entry changed or taken out after that shows (ADR 0035).
 */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Findings } from './findings.ts'

/** Seals what was written since, for every merchant. */
export async function sealAudit(owner: Kysely<Database>): Promise<void> {
  const merchants = await owner.selectFrom('merchant').select('merchantId').execute()
  for (const { merchantId } of merchants) await sql`select seal_audit(${merchantId}::uuid)`.execute(owner)
}

/** Each seal against the entry it is of and the seal before it; an entry passed over for a day was put in by hand. */
export async function checkAudit(tx: Kysely<Database>, merchantId: string, findings: Findings): Promise<void> {
  const broken = await sql<{ position: number; auditId: string; missing: boolean }>`
    select position, audit_id, missing from (
      select s.position, s.audit_id, s.hash, a.audit_id is null as missing,
        sha256(coalesce(lag(s.hash) over (order by s.position), sha256(${merchantId}::text::bytea)) || audit_content(a)) as expected
      from audit_seal s left join audit_log a on a.merchant_id = s.merchant_id and a.audit_id = s.audit_id
      where s.merchant_id = ${merchantId}::uuid) link
    where missing or hash <> expected order by position limit 101`.execute(tx)
  for (const { position, auditId, missing } of broken.rows)
    findings.add(
      'audit',
      auditId,
      missing
        ? `the entry of seal ${position} was taken out`
        : `the entry of seal ${position} was changed or a seal before it is missing`,
    )
  const passedOver = await sql<{ auditId: string }>`
    select a.audit_id from audit_log a where a.merchant_id = ${merchantId}::uuid
    and not exists (select from audit_seal s where s.merchant_id = a.merchant_id and s.audit_id = a.audit_id)
    and a.at < (select max(l.at) - interval '1 day' from audit_seal s join audit_log l using (merchant_id, audit_id)
      where s.merchant_id = ${merchantId}::uuid) limit 101`.execute(tx)
  for (const { auditId } of passedOver.rows)
    findings.add('audit', auditId, 'an entry without a seal, older than the last one sealed by more than a day')
}

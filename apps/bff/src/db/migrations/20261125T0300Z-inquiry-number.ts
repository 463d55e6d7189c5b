import { type Kysely, sql } from 'kysely'

/** Serves the search for the inquiry number (akt…) that stands on a customer's invoice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index payment_by_inquiry_number on payment (merchant_id, jsonb_extract_path_text(state, 'facts', 'invoice', 'inquiryNumber') text_pattern_ops)
    where jsonb_extract_path_text(state, 'facts', 'invoice', 'inquiryNumber') is not null`.execute(db)
}

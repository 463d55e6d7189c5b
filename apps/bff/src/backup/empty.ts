/** Every table of ours emptied, in one transaction, whatever guards it. */
import type pg from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { emptyTables, listTables, openGuards } from './snapshot.queries.ts'

/** What a backup leaves out is emptied too. */
const SESSIONS = ['auth_session', 'auth_verification'].map((table) => ({ schema: 'public', table, columns: [] }))
/** Requests and jobs in hand may end; longer than this nobody shall wait behind us. */
const LOCK_WITHIN_MS = 15_000

export type KnownMerchant = { readonly merchantId: string; readonly name: string; readonly isDemo: boolean }

/** A job that holds one table while we hold another: one of the two is told to begin again, and it shall be us. */
const CLASHES = ['40P01', '55P03']
const MOST_TRIES = 4

/** Answers false, with nothing changed, when what is asked of the merchants found does not hold. */
export async function emptyDatabase(
  pool: pg.Pool,
  mayEmpty: (merchants: readonly KnownMerchant[]) => boolean,
  now: Date,
): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await emptyOnce(pool, mayEmpty, now)
    } catch (error) {
      const isClash = error instanceof Error && 'code' in error && CLASHES.includes(String(error.code))
      if (!isClash || tries === MOST_TRIES) throw error
      await sleep(tries * 500)
    }
  }
}

async function emptyOnce(
  pool: pg.Pool,
  mayEmpty: (merchants: readonly KnownMerchant[]) => boolean,
  now: Date,
): Promise<boolean> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`set local lock_timeout = ${LOCK_WITHIN_MS}`)
    // From here to the end nobody makes another merchant.
    await client.query('lock table merchant in share row exclusive mode')
    const { rows } = await client.query<KnownMerchant>(
      'select merchant_id as "merchantId", name, is_demo as "isDemo" from merchant',
    )
    if (!mayEmpty(rows)) {
      await client.query('rollback')
      return false
    }
    const closeGuards = await openGuards(client)
    const ours = (await listTables(client)).filter(
      ({ schema, table }) => schema === 'public' && table !== 'installation',
    )
    await emptyTables(client, [...ours, ...SESSIONS])
    await client.query('update installation set demo_removed_at = $1, setup_code_hash = null', [now])
    // What was still to be done was to be done for the demo.
    await client.query('delete from graphile_worker._private_jobs where locked_at is null')
    await closeGuards()
    await client.query('commit')
    return true
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

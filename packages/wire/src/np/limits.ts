/** The limits NP states for its calls. Those of a transaction's fields stand in shared, where forms check them too. */

export const MAX_TRANSACTIONS_PER_CALL = 1_000
/** NP recommends a client time-out of about 30 seconds. */
export const RECOMMENDED_TIMEOUT_MS = 30_000
export const NP_TRANSACTION_ID_LENGTH = 11
export const SLIP_NUMBER_MAX = 20

/** Cuts a batch into calls that NP accepts. */
export function chunkForCalls<T>(rows: readonly T[]): T[][] {
  const chunks: T[][] = []
  for (let start = 0; start < rows.length; start += MAX_TRANSACTIONS_PER_CALL) {
    chunks.push(rows.slice(start, start + MAX_TRANSACTIONS_PER_CALL))
  }
  return chunks
}

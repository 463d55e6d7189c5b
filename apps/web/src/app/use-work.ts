/** What is being worked on, and how asking the providers goes: asked once for header and banner. */
import { useQuery } from '@tanstack/react-query'
import { type PolledConnection, work } from '@choba/shared/contracts/connections.ts'
import { q } from '../api/q.ts'
import { useMay } from '../api/session.ts'

const ASK_EVERY_MS = 15_000
/** One lost round is made up by the next; after two a list may be behind. */
const STALE_FROM = 2
/** Lists of what NP tells when it is asked; the ledger and the payouts concern every provider. */
const NP_LISTS = /^\/(screenings|rescue|shipments|invoices|guarantee)/
const ALL_LISTS = /^\/(payments|payouts)$/

export function useWork() {
  const mayAsk = useMay(work.get.permission)
  return useQuery({ ...q(work.get, {}), enabled: mayAsk, refetchInterval: ASK_EVERY_MS }).data
}

/** The connections without whose news the list at this address is behind. */
export function useStale(pathname: string): readonly PolledConnection[] {
  return (useWork()?.connections ?? []).filter(
    ({ failures, provider }) =>
      failures >= STALE_FROM && (ALL_LISTS.test(pathname) || (NP_LISTS.test(pathname) && provider === 'np')),
  )
}

/** The payouts screen as CSV: the same rows, their totals of the same snapshot. */
import { sql } from 'kysely'
import { payoutColumns } from '@choba/shared/columns/payouts.ts'
import type { PayoutTotals } from '@choba/shared/contracts/payouts.ts'
import { dayOf } from '@choba/shared/dates.ts'
import type { PayoutExportQuery } from '@choba/shared/filters/payouts.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import type { LabelGroup } from '@choba/shared/labels/types.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { ExportColumn } from '../../exports/csv-sql.ts'
import { openSnapshot } from '../../exports/csv-stream.ts'
import { listPayoutShops } from './due.queries.ts'
import { PAYOUT_ORDER, payoutsSql, payoutTotalsSql } from './payout-list.queries.ts'
import { type PayoutDeps, sourceOf } from './payouts.service.ts'

export type PayoutDownload = {
  readonly fileName: string
  readonly encoding: PayoutExportQuery['encoding']
  readonly totals: PayoutTotals
  readonly body: ReadableStream<Uint8Array>
}

/** Statement numbers are plain ASCII and everything else is our own words, so CP932 can write every cell but a shop's name. */
export async function exportPayouts(
  deps: PayoutDeps,
  session: Session,
  { encoding, language, ...filter }: PayoutExportQuery,
): Promise<PayoutDownload> {
  const { merchantId } = session
  const compiler = deps.db.merchant(merchantId)
  const [source, shops] = await Promise.all([sourceOf(deps, merchantId, filter), listPayoutShops(compiler, merchantId)])
  const snapshot = await openSnapshot(deps.db, merchantId)
  try {
    const words = labels(language)
    const columns = payoutColumns.map((column): ExportColumn => {
      const header = words.payout_column[column.id]
      const wording =
        column.id === 'shopId'
          ? new Map(shops.map(({ shopId, name }) => [shopId, name]))
          : 'labels' in column
            ? new Map(Object.entries(words[column.labels as LabelGroup]))
            : undefined
      return { id: column.id, kind: column.kind, header, ...(wording && { words: wording }) }
    })
    const [totals] = await snapshot.query<PayoutTotals>(payoutTotalsSql(source).compile(compiler))
    const fileName = `payouts_${filter.from ?? 'start'}_${filter.to ?? dayOf(deps.clock.now())}_JST.csv`
    await audit(compiler, {
      merchantId,
      actor: person(session),
      action: 'payouts.export',
      subject: { kind: 'export', id: uuidv7() },
      after: { ...filter, encoding, language, ...totals, fileName },
    })
    const body = snapshot.stream({ columns, from: sql`${payoutsSql(source)}`, orderBy: PAYOUT_ORDER }, encoding)
    return { fileName, encoding, totals: totals as PayoutTotals, body }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

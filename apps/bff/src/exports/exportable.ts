/** A list's export together with what it may be asked: for whoever holds a request that was written down earlier. */
import type * as z from 'zod/mini'
import type { Session } from '../core/session.ts'
import {
  type ExportAsked,
  type ExportDeps,
  exportList,
  type ExportTotals,
  type ListDownload,
  type ListExport,
} from './list-export.ts'

export type Exportable = {
  /** What is wrong with a request, field by field; empty when nothing is. */
  faultsOf(asked: object): ReadonlyArray<{ readonly path: string; readonly message: string }>
  /** @throws AppError export.unmappable, export.too_many_rows */
  download(deps: ExportDeps, session: Session, asked: object): Promise<ListDownload>
}

export function exportable<Query extends ExportAsked, Totals extends ExportTotals>(
  schema: z.ZodMiniType<Query>,
  list: ListExport<Query, Totals>,
): Exportable {
  return {
    faultsOf: (asked) =>
      schema
        .safeParse(asked)
        .error?.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })) ?? [],
    download: (deps, session, asked) => exportList(deps, session, list, schema.parse(asked)),
  }
}

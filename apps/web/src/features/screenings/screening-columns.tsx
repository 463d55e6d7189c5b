/** How the columns of the screening table are drawn; the set itself is shared with the export. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type ScreeningColumnId, screeningColumns } from '@choba/shared/columns/screenings.ts'
import type { ScreeningRow } from '@choba/shared/contracts/screenings.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import { SCREENING_TONE, type ScreeningResult } from '@choba/shared/states/screening.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { StatusBadge, ToneBadge } from '../../ui/status/status-badge.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import { separatorIn } from '../../i18n/separator.ts'

const WIDTHS: Partial<Record<ScreeningColumnId, number>> = {
  orderNumber: 148,
  customerName: 124,
  result: 150,
  reasons: 300,
  amountYen: 108,
  decidedAt: 134,
  attempt: 62,
  status: 126,
  shopId: 150,
  connectionMethod: 96,
}
/** The result says its code beside its word. */
const NOT_DRAWN: readonly ScreeningColumnId[] = ['wireCode']
export const SHOWN_COLUMNS: readonly ScreeningColumnId[] = screeningColumns
  .map((column) => column.id)
  .filter((id) => !NOT_DRAWN.includes(id))

type Context = { readonly language: Language; readonly shopNames: ReadonlyMap<string, string> }

export function tableColumns(context: Context): TableColumn<ScreeningRow>[] {
  return screeningColumns.map((column) => ({
    id: column.id,
    header: label(context.language, 'screening_column', column.id),
    width: WIDTHS[column.id] ?? 130,
    align: column.kind === 'yen' ? 'end' : 'start',
    sortable: 'sortable' in column && column.sortable,
    cell: (row) => drawCell(column.id, row, context),
  }))
}

function drawCell(id: ScreeningColumnId, row: ScreeningRow, { language, shopNames }: Context): ReactNode {
  switch (id) {
    case 'orderNumber':
      return (
        <Link
          to="/payments/$id"
          params={{ id: row.paymentId }}
          className="link-button mono line"
          aria-label={fill(label(language, 'ledger', 'row_open'), { order: row.orderNumber })}
        >
          {row.orderNumber}
        </Link>
      )
    case 'result':
      return <ResultBadge result={row.result} wireCode={row.wireCode} language={language} />
    case 'reasons':
      return <ReasonWords codes={row.reasons} language={language} />
    case 'amountYen':
      return formatYen(row.amountYen)
    case 'decidedAt':
      return formatInstant(row.decidedAt, language)
    case 'status':
      return <StatusBadge status={row.status} language={language} />
    case 'shopId':
      return shopNames.get(row.shopId) ?? row.shopId
    case 'connectionMethod':
      return label(language, 'connection', row.connectionMethod)
    case 'site':
      return label(language, 'site', row.site)
    case 'attempt':
      return row.attempt
    case 'customerName':
      return <span title={row.customerName}>{row.customerName}</span>
    default:
      return row[id] === null || row[id] === '' ? (
        <span className="soft">–</span>
      ) : (
        <span className="mono">{row[id]}</span>
      )
  }
}

export function ResultBadge(props: {
  readonly result: ScreeningResult
  readonly wireCode: string | null
  readonly language: Language
}) {
  const { result, wireCode, language } = props
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}>
      <ToneBadge tone={SCREENING_TONE[result]} word={label(language, 'screening_result', result)} />
      {wireCode === null ? null : <span className="mono soft">{wireCode}</span>}
    </span>
  )
}

export function ReasonWords({ codes, language }: { readonly codes: readonly string[]; readonly language: Language }) {
  if (codes.length === 0) return <span className="soft">–</span>
  const words = codes.map((code) => label(language, 'reason', code)).join(separatorIn(language))
  return <span title={`${words} (${codes.join(' ')})`}>{words}</span>
}

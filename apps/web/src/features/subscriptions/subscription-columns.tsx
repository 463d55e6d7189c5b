/** How the columns of the subscription table are drawn; the set itself is shared with the export. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type SubscriptionColumnId, subscriptionColumns } from '@choba/shared/columns/subscriptions.ts'
import type { SubscriptionRow } from '@choba/shared/contracts/subscriptions.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import {
  type Attention,
  CYCLE_TONE,
  type CycleState,
  SUBSCRIPTION_TONE,
  type SubscriptionStatus,
} from '@choba/shared/states/subscription.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { formatDay, formatInstant } from '../../ui/time/format-time.ts'
import { rhythmWords } from './rhythm-words.ts'

const WIDTHS: Partial<Record<SubscriptionColumnId, number>> = {
  code: 116,
  customerName: 140,
  status: 118,
  attention: 170,
  nextOn: 108,
  amountYen: 116,
  itemName: 190,
  rhythmUnit: 216,
  kind: 180,
  createdAt: 146,
  shopId: 150,
}
/** The export has the rhythm in three columns that a machine can read; the screen says it in one. */
const SAID_TOGETHER: readonly SubscriptionColumnId[] = ['rhythmEvery', 'rhythmDay']
const DRAWN = subscriptionColumns.filter((column) => !SAID_TOGETHER.includes(column.id))
export const SHOWN_COLUMNS: readonly SubscriptionColumnId[] = DRAWN.map((column) => column.id)

type Context = { readonly language: Language; readonly shopNames: ReadonlyMap<string, string> }

export function tableColumns(context: Context): TableColumn<SubscriptionRow>[] {
  return DRAWN.map((column) => ({
    id: column.id,
    header: label(context.language, 'subscription_column', column.id),
    width: WIDTHS[column.id] ?? 130,
    align: column.kind === 'yen' ? 'end' : 'start',
    sortable: 'sortable' in column && column.sortable,
    cell: (row) => drawCell(column.id, row, context),
  }))
}

function drawCell(id: SubscriptionColumnId, row: SubscriptionRow, { language, shopNames }: Context): ReactNode {
  switch (id) {
    case 'code':
      return (
        <Link
          to="/subscriptions/$id"
          params={{ id: row.id }}
          className="link-button mono line"
          aria-label={fill(label(language, 'subscriptions', 'open'), { code: row.code })}
        >
          {row.code}
        </Link>
      )
    case 'customerName':
    case 'itemName':
      return <span title={row[id]}>{row[id]}</span>
    case 'status':
      return <SubscriptionBadge status={row.status} language={language} />
    case 'attention':
      return <Attentions attention={row.attention} language={language} />
    case 'nextOn':
      return formatDay(row.nextOn, language)
    case 'amountYen':
      return formatYen(row.amountYen)
    case 'rhythmUnit':
    case 'rhythmEvery':
    case 'rhythmDay':
      return (
        <Rhythm words={rhythmWords(language, { unit: row.rhythmUnit, every: row.rhythmEvery, day: row.rhythmDay })} />
      )
    case 'kind':
      return label(language, 'subscription_kind', row.kind)
    case 'method':
      return <MethodMark method={row.method} language={language} />
    case 'createdAt':
      return formatInstant(row.createdAt, language)
    case 'shopId':
      return shopNames.get(row.shopId) ?? row.shopId
  }
}

function Rhythm({ words }: { readonly words: string }) {
  return <span title={words}>{words}</span>
}

export function SubscriptionBadge(props: { readonly status: SubscriptionStatus; readonly language: Language }) {
  const { status, language } = props
  return <ToneBadge tone={SUBSCRIPTION_TONE[status]} word={label(language, 'subscription_status', status)} />
}

export function CycleBadge({ state, language }: { readonly state: CycleState; readonly language: Language }) {
  return <ToneBadge tone={CYCLE_TONE[state]} word={label(language, 'cycle_state', state)} />
}

export function Attentions(props: { readonly attention: readonly Attention[]; readonly language: Language }) {
  if (props.attention.length === 0) return <span className="soft">–</span>
  return props.attention.map((state) => <CycleBadge key={state} state={state} language={props.language} />)
}

/** What was typed for a shipment, and whether it may be reported. */
import type { CarrierSettings, ShipmentRow } from '@choba/shared/contracts/shipments.ts'
import { parseBusinessDate } from '@choba/shared/dates.ts'

export type SlipDraft = {
  readonly slip?: string
  /** Where it differs from the carrier chosen for all. */
  readonly carrier?: string
  /** Of a bundled invoice, where it differs from the day on the printed page. */
  readonly billDay?: string
}
export type Drafts = Readonly<Record<string, SlipDraft>>

/** A number unlike its carrier's stops the row: NP would take it, find no arrival under it, and pay nothing (np-postpaid 1.2). */
export type DraftComplaint = 'slip_invalid' | 'slip_unlike' | 'carrier_needed' | 'bill_day_needed'
export type DraftWarning = 'slip_twice'
export type DraftCheck = { readonly complaint: DraftComplaint | null; readonly warning: DraftWarning | null }

export function plainSlip(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[‐―−ー]/g, '-')
}

/** Numbers are compared without hyphens. */
function bare(text: string): string {
  return plainSlip(text).replaceAll('-', '')
}

/** The day of issue that is reported with a bundled invoice: typed, or that of the page that was printed. */
export function billDayOf(row: ShipmentRow, draft: SlipDraft): string {
  return draft.billDay ?? row.printedOn ?? ''
}

export function checkDraft(input: {
  readonly row: ShipmentRow
  readonly draft: SlipDraft
  readonly carrier: string | null
  readonly carriers: CarrierSettings['carriers']
  /** Every slip number typed so far, bare, with how often. */
  readonly typed: ReadonlyMap<string, number>
}): DraftCheck {
  const { row, draft, carrier, carriers, typed } = input
  const slip = plainSlip(draft.slip ?? '')
  if (slip === '') return { complaint: null, warning: null }
  const pattern = carriers.find((each) => each.code === carrier)?.slipPattern ?? null
  const fits = pattern === null || new RegExp(pattern).test(bare(slip))
  const complaint = !/^[0-9A-Za-z-]{1,20}$/.test(slip)
    ? 'slip_invalid'
    : carrier === null
      ? 'carrier_needed'
      : !fits
        ? 'slip_unlike'
        : row.invoiceDelivery === 'bundled' && parseBusinessDate(billDayOf(row, draft)) === undefined
          ? 'bill_day_needed'
          : null
  if (complaint !== null) return { complaint, warning: null }
  return { complaint: null, warning: (typed.get(bare(slip)) ?? 0) > 1 ? 'slip_twice' : null }
}

export function countTyped(drafts: Drafts): ReadonlyMap<string, number> {
  const typed = new Map<string, number>()
  for (const { slip = '' } of Object.values(drafts)) {
    const key = bare(slip)
    if (key !== '') typed.set(key, (typed.get(key) ?? 0) + 1)
  }
  return typed
}

/** A column of cells pasted into one row fills the rows below it. */
export function spread(text: string, rows: readonly ShipmentRow[], from: number, drafts: Drafts): Drafts | undefined {
  const lines = text.replace(/\r/g, '').replace(/\n+$/, '').split('\n')
  if (lines.length < 2) return undefined
  const next: Record<string, SlipDraft> = { ...drafts }
  lines.forEach((line, index) => {
    const row = rows[from + index]
    if (row !== undefined) next[row.id] = { ...next[row.id], slip: plainSlip(line.split('\t')[0] ?? '') }
  })
  return next
}

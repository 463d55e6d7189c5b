export type Difference = {
  readonly kind: 'chain' | 'projection' | 'journal' | 'receivable' | 'rollup' | 'customer' | 'statement' | 'audit'
  readonly subject: string
  readonly detail: string
}

const MAX_DIFFERENCES = 100

/** Gathers differences up to a limit: a thousand rows that differ have one cause. */
export class Findings {
  readonly list: Difference[] = []
  truncated = false

  add(kind: Difference['kind'], subject: string, detail: string): void {
    if (this.list.length >= MAX_DIFFERENCES) this.truncated = true
    else this.list.push({ kind, subject, detail })
  }
}

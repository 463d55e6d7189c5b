import type { SavedView } from '@choba/shared/contracts/views.ts'
import type { Failed } from '../feedback/failure.tsx'

/** What the list shows now: its address and its columns. */
export type Shown = Pick<SavedView, 'search' | 'columns'>

/** One change at a time. Each resolves once it is kept, and rejects when it is not, which `failed` then says. */
export type ViewActions = {
  readonly keep: (view: Omit<SavedView, 'list' | 'by' | 'mayChange'>) => Promise<unknown>
  readonly remove: (id: string) => Promise<unknown>
  readonly setDefault: (id: string | null) => Promise<unknown>
  readonly isBusy: boolean
  readonly failed: Failed | null
}

import { memo } from 'react'
import type { TableModel } from './use-table-model.ts'
import styles from './table.module.css'

type Identified = { readonly id: string }
type ModelRow<Row extends Identified> = ReturnType<TableModel<Row>['getRowModel']>['rows'][number]

export type CellPlace = { readonly end: boolean; readonly pinnedAt: number | null; readonly lastPinned: boolean }

type TableRowProps<Row extends Identified> = {
  readonly row: ModelRow<Row>
  readonly places: Readonly<Record<string, CellPlace>>
  readonly FlexRender: TableModel<Row>['FlexRender']
  /** Position in the whole list, from 1, the header being the first row. */
  readonly position: number
  readonly current: boolean
  readonly selected: boolean
  readonly flashed: boolean
  readonly onOpen: (row: Row) => void
}

function TableRowInner<Row extends Identified>({
  row,
  places,
  FlexRender,
  position,
  current,
  selected,
  flashed,
  onOpen,
}: TableRowProps<Row>) {
  const classes = [styles.row, current && styles.current, selected && styles.selected, flashed && styles.flashed]
  return (
    <tr
      aria-rowindex={position}
      aria-selected={selected}
      aria-current={current ? true : undefined}
      data-id={row.id}
      className={classes.filter(Boolean).join(' ')}
      onClick={(event) => {
        if (!isControl(event.target)) onOpen(row.original)
      }}
    >
      {row.getVisibleCells().map((cell) => {
        const place = places[cell.column.id]
        return (
          <td
            key={cell.id}
            className={classOf(place)}
            style={place?.pinnedAt === null ? undefined : { left: place?.pinnedAt }}
          >
            <FlexRender cell={cell} />
          </td>
        )
      })}
    </tr>
  )
}

/** A row is drawn again only when its own data or look changes: pages that are asked again keep their unchanged rows. */
export const TableRow = memo(
  TableRowInner,
  (before, after) =>
    before.row.original === after.row.original &&
    before.places === after.places &&
    before.position === after.position &&
    before.current === after.current &&
    before.selected === after.selected &&
    before.flashed === after.flashed &&
    before.onOpen === after.onOpen,
) as typeof TableRowInner

export function classOf(place: CellPlace | undefined): string {
  return [place?.end && styles.end, place?.pinnedAt !== null && styles.pinned, place?.lastPinned && styles.lastPinned]
    .filter(Boolean)
    .join(' ')
}

/** A click on a button, link or checkbox inside a row is theirs, and so is a click that ends a text selection. */
function isControl(target: EventTarget): boolean {
  if (target instanceof Element && target.closest('button, a, input, label') !== null) return true
  return String(window.getSelection() ?? '') !== ''
}

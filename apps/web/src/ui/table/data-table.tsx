/** A long table: sticky header, pinned columns, virtual rows, asked for page by page at both ends. */
import { VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import type { Sort, TableColumn } from './columns.ts'
import { type CellPlace, classOf, TableRow } from './table-row.tsx'
import styles from './table.module.css'
import { useRowWindow } from './use-row-window.ts'
import { useTableModel } from './use-table-model.ts'

const HEADER_HEIGHT = 36

export type DataTableHandle = { readonly toTop: () => void }

export type DataTableProps<Row extends { readonly id: string }> = {
  readonly name: string
  readonly columns: readonly TableColumn<Row>[]
  readonly shown: readonly string[]
  readonly pinned: number
  readonly rows: readonly Row[]
  readonly above: number
  readonly more: boolean
  /** Rows of the whole list, when known. */
  readonly total: number | undefined
  readonly rowHeight: number
  readonly sort: Sort
  readonly onSort: (id: string) => void
  readonly current: string | null
  readonly selected: ReadonlySet<string>
  readonly flashed: ReadonlySet<string>
  readonly onOpen: (row: Row) => void
  readonly onReachStart: () => void
  readonly onReachEnd: () => void
  readonly foot: ReactNode
  readonly handle: Ref<DataTableHandle>
}

export function DataTable<Row extends { readonly id: string }>(props: DataTableProps<Row>) {
  const { columns, shown, pinned, rows, above, more, rowHeight, sort, current } = props
  const scroller = useRef<HTMLDivElement>(null)
  const table = useTableModel({ columns, rows, shown, pinned })
  const ids = useMemo(() => rows.map((row) => row.id), [rows])
  const { virtualizer, items } = useRowWindow({
    scroller,
    ids,
    above,
    more,
    rowHeight,
    paddingStart: HEADER_HEIGHT,
    onReachStart: props.onReachStart,
    onReachEnd: props.onReachEnd,
  })
  const visible = table.getVisibleLeafColumns()
  const places = useMemo(() => placesOf(columns, shown, pinned), [columns, shown, pinned])
  const model = table.getRowModel().rows

  useImperativeHandle(props.handle, () => ({ toTop: () => scroller.current?.scrollTo({ top: 0 }) }), [])
  useEffect(() => {
    const index = current === null ? -1 : ids.indexOf(current)
    if (index >= 0) virtualizer.scrollToIndex(above + index, { align: 'auto' })
    // Only a new current row moves the list; new data does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [current])

  const before = items[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div
      className={styles.scroller}
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={props.name}
      style={{ '--row-height': `${rowHeight}px` } as React.CSSProperties}
    >
      <table
        className={styles.table}
        aria-rowcount={props.total === undefined ? -1 : props.total + 1}
        style={{ width: table.getTotalSize() }}
      >
        <colgroup>
          {visible.map((column) => (
            <col key={column.id} style={{ width: column.getSize() }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {visible.map((column) => (
              <HeaderCell
                key={column.id}
                column={columns.find((each) => each.id === column.id)}
                place={places[column.id]}
                sort={sort}
                onSort={props.onSort}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={before} span={visible.length} />
          {items.map((item) => {
            const row = model[item.index - above]
            return row === undefined ? (
              <Coming key={`coming-${item.index}`} ids={visible.map((column) => column.id)} places={places} />
            ) : (
              <TableRow
                key={row.id}
                row={row}
                places={places}
                FlexRender={table.FlexRender}
                position={item.index + 2}
                current={row.id === current}
                selected={props.selected.has(row.id)}
                flashed={props.flashed.has(row.id)}
                onOpen={props.onOpen}
              />
            )
          })}
          <Gap height={after} span={visible.length} />
        </tbody>
      </table>
      {props.foot ? <div className={styles.foot}>{props.foot}</div> : null}
    </div>
  )
}

function HeaderCell<Row>({
  column,
  place,
  sort,
  onSort,
}: {
  readonly column: TableColumn<Row> | undefined
  readonly place: CellPlace | undefined
  readonly sort: Sort
  readonly onSort: (id: string) => void
}) {
  if (column === undefined) return null
  const sorted = sort.id === column.id
  const Arrow = sort.direction === 'asc' ? IconArrowUp : IconArrowDown
  return (
    <th
      scope="col"
      className={classOf(place)}
      style={place?.pinnedAt === null ? undefined : { left: place?.pinnedAt }}
      aria-sort={
        column.sortable ? (sorted ? (sort.direction === 'asc' ? 'ascending' : 'descending') : 'none') : undefined
      }
    >
      {column.sortable ? (
        <button
          type="button"
          className={`${styles.sort} ${sorted ? styles.sorted : ''}`}
          onClick={() => onSort(column.id)}
        >
          {column.header}
          {sorted ? <Arrow size={13} aria-hidden="true" /> : null}
        </button>
      ) : column.quiet ? (
        <VisuallyHidden>{column.header}</VisuallyHidden>
      ) : (
        column.header
      )}
    </th>
  )
}

function Gap({ height, span }: { readonly height: number; readonly span: number }) {
  return height <= 0 ? null : (
    <tr className={styles.gap} aria-hidden="true">
      <td colSpan={span} style={{ height }} />
    </tr>
  )
}

function Coming({
  ids,
  places,
}: {
  readonly ids: readonly string[]
  readonly places: Readonly<Record<string, CellPlace>>
}) {
  return (
    <tr className={styles.coming} aria-hidden="true">
      {ids.map((id) => (
        <td
          key={id}
          className={classOf(places[id])}
          style={places[id]?.pinnedAt === null ? undefined : { left: places[id]?.pinnedAt }}
        >
          <span className={styles.bone} />
        </td>
      ))}
    </tr>
  )
}

function placesOf(
  columns: readonly TableColumn<never>[],
  shown: readonly string[],
  pinned: number,
): Readonly<Record<string, CellPlace>> {
  let left = 0
  return Object.fromEntries(
    shown.map((id, index) => {
      const column = columns.find((each) => each.id === id)
      const place: CellPlace = {
        end: column?.align === 'end',
        pinnedAt: index < pinned ? left : null,
        lastPinned: index === pinned - 1,
      }
      left += column?.width ?? 0
      return [id, place]
    }),
  )
}

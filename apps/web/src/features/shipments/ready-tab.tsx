/** Approved and not reported: slip numbers are typed row by row and reported together. */
import { Button, Checkbox, Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCalendarEvent, IconPrinter, IconTruckDelivery } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { type ShipmentRow, shipments } from '@choba/shared/contracts/shipments.ts'
import { parseBusinessDate } from '@choba/shared/dates.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useUpload } from '../../api/imports.ts'
import type { ToPrint } from '../../api/invoice-prints.ts'
import { q } from '../../api/q.ts'
import { useMay, useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatCount } from '../../ui/money/format-yen.ts'
import { DropZone } from '../../ui/upload/drop-zone.tsx'
import { ReadyRow } from './ready-row.tsx'
import { type ListProps, ShipmentList, useShipments } from './shipment-list.tsx'
import styles from './shipments.module.css'
import { billDayOf, checkDraft, countTyped, type Drafts, plainSlip, type SlipDraft, spread } from './slip-draft.ts'
import { MOST_REPORTS, useReport } from './use-report.ts'

const PlanMany = lazy(() => import('./plan-many.tsx').then((module) => ({ default: module.PlanMany })))
const PrintMany = lazy(() => import('./print-many.tsx').then((module) => ({ default: module.PrintMany })))
const NONE: ReadonlySet<string> = new Set()

export function ReadyTab({ search, onChange }: ListProps) {
  const words = useWords()
  const language = useLanguage()
  const may = useMay('sales.act')
  const asked = useShipments('ready', search)
  const { rows } = asked
  const [drafts, setDrafts] = useState<Drafts>({})
  const [carrier, setCarrier] = useState<string | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NONE)
  const [planning, setPlanning] = useState(false)
  const [printing, setPrinting] = useState<ToPrint | null>(null)
  const carriersOf = useCarriers(rows)
  const { report, refusals } = useReport((accepted) =>
    setDrafts((before) => Object.fromEntries(Object.entries(before).filter(([id]) => !accepted.includes(id)))),
  )
  const typed = useMemo(() => countTyped(drafts), [drafts])
  const choices = uniqueBy(
    [...carriersOf.values()].flat().filter((each) => each.allowed),
    (each) => each.code,
  )
  const checks = new Map(
    rows.map((row) => [
      row.id,
      checkDraft({
        row,
        draft: drafts[row.id] ?? {},
        carrier: drafts[row.id]?.carrier ?? carrier,
        carriers: carriersOf.get(row.shopId) ?? [],
        typed,
      }),
    ]),
  )
  const fit = rows.filter(
    (row) =>
      plainSlip(drafts[row.id]?.slip ?? '') !== '' && checks.get(row.id)?.complaint === null && row.inFlight === null,
  )

  const toMove = rows.filter((row) => chosen.has(row.id)).slice(0, MOST_REPORTS)

  // A list that is not read to its end may hold some further down.
  const hasBundled = asked.more || rows.some((row) => row.invoiceDelivery === 'bundled')
  const toPrint: ToPrint =
    toMove.length > 0
      ? { paymentIds: toMove.map((row) => row.id) }
      : { ready: { ...(search.shop && { shop: [search.shop] }), ...(search.q && { q: search.q }) } }

  function toggle(row: ShipmentRow): void {
    setChosen((before) => new Set([...before].filter((id) => id !== row.id).concat(before.has(row.id) ? [] : [row.id])))
  }
  function set(row: ShipmentRow, draft: SlipDraft): void {
    setDrafts((before) => ({ ...before, [row.id]: { ...before[row.id], ...draft } }))
  }
  function send(): void {
    report.mutate(
      fit.slice(0, MOST_REPORTS).map((row) => {
        const draft = drafts[row.id] ?? {}
        const { slip = '', carrier: own } = draft
        const billIssuedOn = row.invoiceDelivery === 'bundled' ? parseBusinessDate(billDayOf(row, draft)) : undefined
        return {
          paymentId: row.id,
          carrierCode: own ?? carrier ?? '',
          slipNumber: plainSlip(slip),
          ...(billIssuedOn && { billIssuedOn }),
        }
      }),
    )
  }

  return (
    <>
      <p className={styles.lead}>{words.shipments.lead_ready}</p>
      {may ? (
        <div className={styles.report}>
          <Select
            size="sm"
            w={230}
            aria-label={words.shipments.default_carrier}
            description={words.shipments.default_carrier_hint}
            placeholder={words.shipments.default_carrier}
            value={carrier}
            onChange={setCarrier}
            data={choices.map((each) => ({ value: each.code, label: each[language] }))}
            searchable
          />
          <Button
            leftSection={<IconTruckDelivery size={16} aria-hidden="true" />}
            disabled={fit.length === 0}
            loading={report.isPending}
            onClick={send}
          >
            {fit.length === 0
              ? words.shipments.report_none
              : fill(words.shipments.report, { count: formatCount(fit.length) })}
          </Button>
          {toMove.length > 0 ? (
            <Button
              variant="default"
              leftSection={<IconCalendarEvent size={16} aria-hidden="true" />}
              onClick={() => setPlanning(true)}
            >
              {fill(words.plan_shipping.many, { count: formatCount(toMove.length) })}
            </Button>
          ) : null}
          {hasBundled ? (
            <Button
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden="true" />}
              onClick={() => setPrinting(toPrint)}
            >
              {toMove.length > 0
                ? fill(words.invoice_print.many, { count: formatCount(toMove.length) })
                : words.invoice_print.all}
            </Button>
          ) : null}
          <span className="soft">{words.shipments.enter_hint}</span>
        </div>
      ) : (
        <p className={styles.small}>{words.shipments.no_permission}</p>
      )}
      <ShipmentList tab="ready" asked={asked} search={search} onChange={onChange}>
        <table className={styles.rows}>
          <thead>
            <tr>
              <th scope="col">
                {may ? (
                  <Checkbox
                    size="xs"
                    display="inline-block"
                    mr={8}
                    aria-label={words.plan_shipping.select_all}
                    checked={toMove.length === rows.length}
                    indeterminate={toMove.length > 0 && toMove.length < rows.length}
                    onChange={() => setChosen(toMove.length > 0 ? NONE : new Set(rows.map((row) => row.id)))}
                  />
                ) : null}
                {words.shipments.order}
              </th>
              <th scope="col">{words.shipments.customer}</th>
              <th scope="col" className="num">
                {words.shipments.amount}
              </th>
              <th scope="col">{words.shipments.ship_on}</th>
              <th scope="col">{words.shipments.lapses_on}</th>
              <th scope="col">{words.shipments.invoice}</th>
              <th scope="col">{words.shipments.carrier}</th>
              <th scope="col">{words.shipments.slip}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <ReadyRow
                key={row.id}
                row={row}
                draft={drafts[row.id] ?? {}}
                check={checks.get(row.id) ?? { complaint: null, warning: null }}
                refusal={refusals[row.id]}
                carrier={drafts[row.id]?.carrier ?? carrier}
                carriers={carriersOf.get(row.shopId) ?? []}
                may={may}
                chosen={chosen.has(row.id)}
                onChoose={() => toggle(row)}
                onChange={(draft) => set(row, draft)}
                onPaste={(text) => {
                  const next = spread(text, rows, index, drafts)
                  if (next !== undefined) setDrafts(next)
                  return next !== undefined
                }}
              />
            ))}
          </tbody>
        </table>
      </ShipmentList>
      <Suspense fallback={null}>
        {printing === null ? null : <PrintMany which={printing} onClose={() => setPrinting(null)} />}
        {planning ? (
          <PlanMany
            orders={toMove}
            onDone={() => {
              setPlanning(false)
              setChosen(NONE)
            }}
            onClose={() => setPlanning(false)}
          />
        ) : null}
      </Suspense>
      {may ? <SlipFile shop={search.shop} /> : null}
      <div className={styles.aside}>
        <h2>{words.shipments.partial_title}</h2>
        <p>{words.shipments.partial_text}</p>
      </div>
    </>
  )
}

/** A carrier's own file instead of typing. */
function SlipFile({ shop }: { readonly shop: string | undefined }) {
  const { imports, shipments: words } = useWords()
  const { shops } = useSession()
  const navigate = useNavigate()
  const chosen = shops.length === 1 ? shops[0]?.id : shop
  const upload = useUpload(({ run, repeated }) => {
    if (repeated) notifications.show({ message: imports.repeated })
    void navigate({ to: '/imports/$id', params: { id: run.id } })
  })
  const failed = upload.isError ? fill(imports.unreadable, { name: upload.variables.file.name }) : undefined
  return (
    <div className={styles.drop}>
      <DropZone
        title={failed ?? words.drop_title}
        hint={imports.slip_hint}
        choose={imports.choose}
        busy={upload.isPending}
        busyWord={imports.reading}
        closed={chosen === undefined ? imports.choose_shop : undefined}
        onFile={(file) => upload.mutate({ kind: 'slips', shop: chosen ?? '', file })}
      />
    </div>
  )
}

/** The carriers of each shop that stands in the list. */
function useCarriers(rows: readonly ShipmentRow[]) {
  const shopIds = [...new Set(rows.map((row) => row.shopId))].sort()
  const answers = useQueries({ queries: shopIds.map((shopId) => q(shipments.carriers, { shopId })) })
  return new Map(shopIds.map((shopId, index) => [shopId, answers[index]?.data?.carriers ?? []]))
}

function uniqueBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()]
}

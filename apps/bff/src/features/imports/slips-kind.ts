/** Files of slip numbers, as carriers' programs write them: each row reports the shipment of one order. */
import { dayOf } from '@choba/shared/dates.ts'
import type { OperationRequest } from '@choba/shared/contracts/operations.ts'
import { permissionsOf } from '@choba/shared/permissions.ts'
import { paymentCan } from '@choba/shared/states/payment.ts'
import { listCarrierSettings } from '../../db/carriers.ts'
import { actionFacts } from '../../domain/payment/payment.ts'
import { carrierRules } from '../../imports/carrier-rules.ts'
import { isStopped } from '../../imports/faults.ts'
import { readSlip, slipKey, type SlipOrder, type SlipReport } from '../../imports/slip-row.ts'
import { valuesOf } from '../../imports/values.ts'
import type { KindRules, Work } from './import-kind.ts'
import { listByOrder, listOperationEnds, listRows, type RowChange, type StoredRow } from './import-rows.queries.ts'
import { listSlipLines } from './row-keys.queries.ts'
import { type KnownPayment, listByOrderNumber, listSlipUses } from './known-payments.queries.ts'
import { isOver, keysOf } from './orders-kind.ts'
import { raggedFault } from './ragged.ts'

type SlipCheck = RowChange & { readonly report: SlipReport | undefined }

export const SLIPS_KIND: KindRules = {
  chunk: 500,
  list: ({ tx, merchantId, run }, state) =>
    listRows(tx, { merchantId, runId: run.id }, { state, after: 0, limit: SLIPS_KIND.chunk }),

  async check(work, rows) {
    return (await checkSlips(work, rows)).map(({ report: _, ...change }) => change)
  },

  async send(work, rows, sender) {
    const { tx, merchantId, run } = work
    const keyOf = (row: StoredRow) => `import:${run.id}:${row.rowNumber}:${row.attempts}`
    // What was handed on before a crash is known by its key; looked at anew it would seem to have been reported by others.
    const handed = new Set((await listOperationEnds(tx, merchantId, rows.map(keyOf))).map((end) => end.key))
    const fresh = rows.filter((row) => !handed.has(keyOf(row)))
    const checks = new Map((await checkSlips(work, fresh)).map((check) => [check.rowNumber, check]))
    const requests: OperationRequest[] = []
    const reporting: StoredRow[] = []
    for (const row of fresh) {
      const report = checks.get(row.rowNumber)?.report
      if (report === undefined || checks.get(row.rowNumber)?.state !== 'ready') continue
      requests.push({ idempotencyKey: keyOf(row), action: 'report_shipment', ...report })
      reporting.push(row)
    }
    const { results } = requests.length === 0 ? { results: [] } : await work.deps.doors.actOn(sender, requests)
    const answers = new Map(reporting.map((row, index) => [row.rowNumber, results[index]]))
    return rows.map((row): RowChange => {
      const { rowNumber } = row
      const check = checks.get(rowNumber)
      if (handed.has(keyOf(row))) return { rowNumber, state: 'sent', operationKey: keyOf(row) }
      const answer = answers.get(rowNumber)
      if (answer === undefined) return { rowNumber, state: 'faulty', faults: check?.faults ?? [] }
      if (answer.error) return { rowNumber, state: 'failed', reasons: [answer.error.reason ?? answer.error.code] }
      return { rowNumber, state: 'sent', operationKey: keyOf(row), paymentId: check?.report?.paymentId ?? null }
    })
  },

  async settle({ tx, merchantId }, rows) {
    const ends = await listOperationEnds(tx, merchantId, keysOf(rows))
    const byKey = new Map(ends.filter(isOver).map((end) => [end.key, end]))
    return rows.flatMap((row): RowChange[] => {
      const end = byKey.get(row.operationKey ?? '')
      if (end === undefined) return []
      return [
        end.state === 'done'
          ? { rowNumber: row.rowNumber, state: 'done', result: 'reported', reasons: [] }
          : { rowNumber: row.rowNumber, state: 'failed', reasons: end.codes },
      ]
    })
  },

  retries: 'all',
}

async function checkSlips(work: Work, rows: readonly StoredRow[]): Promise<SlipCheck[]> {
  if (rows.length === 0) return []
  const { tx, merchantId, run } = work
  const key = { merchantId, runId: run.id }
  const numbers = [...new Set(rows.flatMap((row) => row.orderNumber ?? []))]
  const keys = [...new Set(rows.flatMap((row) => row.slipKey ?? []))]
  const heads = await listByOrder(
    tx,
    key,
    rows.flatMap((row) => (row.headRow === null ? [] : (row.orderNumber ?? []))),
  )
  const [known, slipLines, uses, settings] = [
    await listByOrderNumber(tx, merchantId, run.shopId, numbers),
    Map.groupBy(await listSlipLines(tx, key, keys), (row) => row.slipKey),
    await listSlipUses(tx, merchantId, spellings(keys)),
    await listCarrierSettings(tx, merchantId, run.shopId),
  ]
  const carriers = carrierRules(settings)
  const usedBy = Map.groupBy(uses, (use) => slipKey(use.slipNumber ?? ''))
  const lineOf = new Map(heads.map((row) => [row.rowNumber, row.line]))

  return rows.map((row): SlipCheck => {
    const orderNumber = row.orderNumber ?? ''
    const payment = known.get(orderNumber)
    const elsewhere = (usedBy.get(row.slipKey ?? '') ?? []).find(
      (use) => use.orderNumber !== orderNumber || use.shopId !== run.shopId,
    )
    const { report, faults } = readSlip(
      { ...valuesOf(row.cells, run.mapping, row.edits, run.reading), orderNumber },
      {
        order: payment && orderOf(work, payment),
        carriers,
        carrierCode: run.carrierCode,
        headLine: row.headRow === null ? null : (lineOf.get(row.headRow) ?? row.headRow),
        sameSlipLines: (slipLines.get(row.slipKey) ?? []).flatMap((other) =>
          other.orderNumber === row.orderNumber || row.slipKey === null ? [] : [other.line],
        ),
        usedBy: row.slipKey === null ? null : (elsewhere?.orderNumber ?? null),
      },
    )
    const all = [...raggedFault(run.header, row), ...faults]
    return { rowNumber: row.rowNumber, state: isStopped(all, row.confirmed) ? 'faulty' : 'ready', faults: all, report }
  })
}

/** With and without the hyphens that twelve digits are written with. */
function spellings(keys: readonly string[]): string[] {
  return keys.flatMap((key) => [key, key.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3')])
}

function orderOf({ deps }: Work, payment: KnownPayment): SlipOrder {
  const today = dayOf(deps.providerClocks.now(payment.connectionId))
  // Whether this person may act was asked at the door; here it is what the payment allows.
  const verdict = paymentCan('report_shipment', actionFacts(payment.state, payment.inFlight), {
    permissions: permissionsOf('admin'),
    today,
  })
  return {
    paymentId: payment.paymentId,
    method: payment.method,
    bundled: payment.invoiceDelivery === 'bundled',
    printed: payment.printedOn !== null,
    refusal: verdict.allowed ? null : verdict.reason,
  }
}

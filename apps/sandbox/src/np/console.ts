/** NP's own hands on a page: open and settle disputes, put an adjustment on the next statement. */
import type { Hono } from 'hono'
import { dayOf } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { page, PAGE_HEADERS } from '../console/page.ts'
import { readRequest, refusingMalformed } from '../console/request.ts'
import { escapeHtml } from '../http.ts'
import { Malformed, numberOf, oneOf, textOf } from '../parse.ts'
import { closeDispute, isDisputed, openDispute } from './disputes.ts'
import type { NpBook, NpRecord } from './record.ts'
import { adjustNextClosing } from './replacement-payments.ts'

const MAX_ADJUSTMENT_YEN = 9_999_999
const LISTED = 200

export function mountNpConsole(app: Hono, book: NpBook): void {
  const { accounts, clock, schedule, store } = book.deps

  app.get('/sandbox/np', (c) => c.body(page('NP後払い / NP postpaid', clock.now(), html(book)), 200, PAGE_HEADERS))

  app.post('/sandbox/np/disputes', (c) =>
    refusingMalformed(c, async () => {
      const { values, isForm } = await readRequest(c)
      schedule.tick()
      const npId = textOf(values['npTransactionId'], 'npTransactionId', /^\d{11}$/)
      const status = oneOf(values['status'], 'status', ['open', 'closed'])
      const record = book.records.get(npId)
      if (!record) throw new Malformed('npTransactionId is not known')
      const today = dayOf(clock.now())
      store.transaction(() =>
        status === 'open' ? openDispute(book, record, today) : closeDispute(book, record, today),
      )
      return isForm ? c.redirect('/sandbox/np', 303) : c.json({ npTransactionId: npId, status })
    }),
  )

  app.post('/sandbox/np/adjustments', (c) =>
    refusingMalformed(c, async () => {
      const { values, isForm } = await readRequest(c)
      schedule.tick()
      const merchantCode = textOf(values['merchantCode'], 'merchantCode', /\S/)
      if (!accounts.findNp(merchantCode)) throw new Malformed('merchantCode is not known')
      const amountYen = yen(numberOf(values['amountYen'], 'amountYen', -MAX_ADJUSTMENT_YEN, MAX_ADJUSTMENT_YEN))
      if (amountYen === 0) throw new Malformed('amountYen must not be 0')
      const note = textOf(values['note'] ?? '調整', 'note', /^[^\r\n]{1,60}$/)
      store.transaction(() => adjustNextClosing(book, merchantCode, amountYen, note))
      return isForm ? c.redirect('/sandbox/np', 303) : c.json({ merchantCode, amountYen, note })
    }),
  )
}

function html(book: NpBook): string {
  const merchants = book.deps.accounts
    .listNp()
    .map(({ merchantCode }) => `<option>${escapeHtml(merchantCode)}</option>`)
    .join('')
  const disputed = [...book.records.values()].filter(isDisputed).slice(-LISTED)
  return `<p><em class="assumed">想定 / assumed</em></p>
<form method="post" action="/sandbox/np/disputes"><strong>係争 / Dispute</strong>
<label>NP取引ID <input name="npTransactionId" required pattern="[0-9]{11}"></label>
<select name="status" aria-label="状態 / Status"><option value="open">係争中にする / Open</option><option value="closed">解決にする / Settle</option></select>
<button type="submit">実行 / Do it</button></form>
<form method="post" action="/sandbox/np/adjustments"><strong>次回明細の調整 / Adjustment on the next statement</strong>
<label>加盟店 / Merchant <select name="merchantCode">${merchants}</select></label>
<label>金額(円、負数は差引) / Yen, negative is taken off <input type="number" name="amountYen" required></label>
<label>摘要 / Note <input name="note" maxlength="60" required></label>
<button type="submit">登録 / Add</button></form>
<h2>係争中 / Open disputes</h2>
<table><thead><tr><th>NP取引ID</th><th>加盟店取引ID</th><th>発生日 / Since</th><th>着荷 / Arrived</th></tr></thead>
<tbody>${disputed.map(rowHtml).join('\n')}</tbody></table>`
}

function rowHtml(record: NpRecord): string {
  const cells = [
    record.npId,
    record.transaction.shopTransactionId,
    record.dispute?.openedOn ?? '',
    record.arrivalConfirmedOn ?? '',
  ]
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`
}

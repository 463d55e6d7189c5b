/** What the hosted page did, for the person who tests: customers on it, and each try to tell the merchant. */
import type { Hono } from 'hono'
import type { GuideSection } from '../../console/guide.ts'
import { page, PAGE_HEADERS } from '../../console/page.ts'
import { escapeHtml } from '../../http.ts'
import type { Link } from './records.ts'

const SHOWN = 100

export const LINK_GUIDE: readonly GuideSection[] = [
  {
    ja: '決済画面(リンク型)',
    en: 'Hosted page (Link type)',
    rows: [
      {
        typed: 'POST|GET /f01/FepBuyInfoReceive.do',
        ja: '購入要求。誤りはエラーコードの画面になる',
        en: 'The purchase request; a wrong one gets a page with its error code',
      },
      {
        typed: 'POST|GET /Extra/BuyRequestAction.do',
        ja: '接続支援: 受信内容を見て結果を選ぶ',
        en: 'Connection support: see what was received, pick a result',
      },
      {
        typed: 'terminal_type=1',
        ja: '携帯電話の画面(Shift_JIS、スクリプトなし)',
        en: 'The page for mobile phones: Shift_JIS, no script',
      },
      {
        typed: 'pay_type=1&auto_charge_type=1',
        ja: '簡易継続課金(カード)。翌月から毎月1日に課金し、結果を通知。ST02-00302-101かservice_type=1で停止',
        en: 'Simple recurring (card): charged on the 1st of each month from the next on, and told; ST02-00302-101 or service_type=1 stops it',
      },
      {
        typed: 'POST|GET /f04/FepPayInfoReceive.do',
        ja: 'お客様のカードの登録・変更(B01-1)。結果はB03-1とB02-1で通知',
        en: 'A customer’s card is registered or changed (B01-1); told by B03-1 and B02-1',
      },
      { typed: '/sandbox/link', ja: '画面と結果通知の記録', en: 'A record of pages and result notices' },
    ],
  },
  {
    ja: '決済画面の結果通知',
    en: 'Result notices of the hosted page',
    assumed: true,
    rows: [
      { typed: 'OK, | OK', ja: '決済が成立する', en: 'The purchase stands' },
      { typed: 'NG,…', ja: '成立せず、お客様はerror_urlへ', en: 'It does not stand; the customer goes to error_url' },
      {
        typed: '(10 s)',
        ja: '応答なしは1回再送し、それでもなければ成立しない',
        en: 'Silence is asked about once more; then it does not stand',
      },
      {
        typed: '/f04/FepPayInfoDeleteReceive.do',
        ja: 'カードの削除(C01-1)。アドレスは想定',
        en: 'A card is deleted (C01-1); the address is assumed',
      },
      {
        typed: '/f04/FepRoutineReceive.do',
        ja: '継続課金の申込み(D01-1)は要求の検査まで。キャリアとの契約がないため99901999',
        en: 'An application (D01-1) is checked, then refused with 99901999: no carrier is contracted',
      },
      { typed: 'PY / CN', ja: '入金・期限切れの通知はOKまで再送', en: 'Deposits and expiry are sent again until OK' },
    ],
  },
]

export function mountLinkConsole(app: Hono, link: Link): void {
  app.get('/sandbox/link', (c) => {
    const notices = [...link.log.values()].toReversed().slice(0, SHOWN)
    const sessions = [...link.sessions.values()].toReversed().slice(0, SHOWN)
    const noticeRows = notices.map((row) =>
      tableRow([row.at, row.account, row.orderId, row.result, row.trouble ?? 'OK', `${row.tookMs} ms`, row.url]),
    )
    const sessionRows = sessions.map((row) =>
      tableRow([
        row.startedAt,
        row.account,
        row.values['order_id'] ?? '',
        row.values['amount'] ?? '',
        row.state,
        row.refusedBy ?? '',
      ]),
    )
    const body = `<section><h2>結果通知 / Result notices</h2><table><thead>${headRow(['時刻 / at', '加盟店 / account', '注文 / order', '結果 / result', '応答 / answer', '時間 / took', '宛先 / to'])}</thead><tbody>${noticeRows.join('')}</tbody></table></section>
<section><h2>決済画面 / Pages</h2><table><thead>${headRow(['開始 / started', '加盟店 / account', '注文 / order', '金額 / amount', '状態 / state', '拒否 / refused by'])}</thead><tbody>${sessionRows.join('')}</tbody></table></section>`
    return c.body(page('リンク型の記録 / Link type', link.sbps.clock.now(), body), 200, PAGE_HEADERS)
  })
}

function tableRow(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`
}

function headRow(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<th>${escapeHtml(cell)}</th>`).join('')}</tr>`
}

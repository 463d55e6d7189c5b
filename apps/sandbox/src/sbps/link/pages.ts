/** The steps of the hosted page: choice of method, card, store, NP, errors, and the way back. */
import type { Values } from '@choba/wire/sbps/message.ts'
import type { SbpsAccount } from '../../accounts.ts'
import { isFirstFree, isSimple } from '../simple-recurring.ts'
import { type Layout, frame, markup, type Raw } from './html.ts'
import { type LinkSession, npPayMethodOf } from './records.ts'

const STORES = [
  ['001', 'セブン-イレブン'],
  ['002', 'ローソン'],
  ['005', 'ミニストップ'],
  ['016', 'ファミリーマート'],
  ['018', 'セイコーマート'],
] as const
const INSTALMENTS = [3, 5, 6, 10, 12, 15, 18, 20, 24]
/** Instalments and revolving from this amount (sbps-protocol 2.4). */
const INSTALMENT_MIN_YEN = 10_000
const CARD_YEARS = 12

type Stage = { readonly layout: Layout; readonly account: SbpsAccount; readonly session: LinkSession }

export function layoutOf(values: Values): Layout {
  return values['terminal_type'] === '1' ? 'mobile' : 'browser'
}

export function methodWord(account: SbpsAccount, payMethod: string): string {
  if (payMethod === 'credit') return 'クレジットカード'
  if (payMethod === 'webcvs') return 'コンビニ払い'
  return payMethod === npPayMethodOf(account) ? 'NP後払い' : payMethod
}

export function choicePage(stage: Stage): string {
  const { session, account } = stage
  const choices = session.payMethods.map(
    (method, index) =>
      markup`<p><label><input type="radio" name="method" value="${method}"${{ html: index === 0 ? ' checked' : '' }}>${methodWord(account, method)}</label></p>`,
  )
  return page(
    stage,
    markup`<h2>お支払い方法の選択</h2><form method="post" action="/f01/choose/${session.id}">${choices}<button type="submit">次へ</button></form>${leaveButton(session)}`,
  )
}

export function methodPage(stage: Stage, payMethod: string, prefilled: Values, year: number): string {
  if (payMethod === 'credit') return cardPage(stage, year)
  return payMethod === 'webcvs' ? storePage(stage, prefilled) : npPage(stage, prefilled)
}

function cardPage(stage: Stage, year: number): string {
  const { session, account, layout } = stage
  const times =
    Number(session.values['amount']) < INSTALMENT_MIN_YEN
      ? markup`<input type="hidden" name="times" value="10">`
      : field(
          'お支払い回数',
          markup`<select name="times"><option value="10">1回</option>${INSTALMENTS.map((count) => markup`<option value="61-${count}">${count}回</option>`)}<option value="80">リボ払い</option></select>`,
        )
  return page(
    stage,
    markup`<h2>カード情報の入力</h2>${refusalOf(session)}<form method="post" action="/f01/pay/${session.id}/credit" id="card" data-merchant="${account.merchantId}" data-service="${account.serviceId}">
${cardFields(year)}${times}
<input type="hidden" name="token"><input type="hidden" name="token_key"><input type="hidden" name="token_error"><button type="submit">支払う</button></form>${leaveForm(session)}
<p class="note">テスト用の番号: 4111111111111111 (与信OK) / 4000000000000002 (拒否)。<a href="/sandbox/guide">一覧 / Guide</a></p>${cardScripts(layout)}`,
  )
}

/** With scripts the card becomes a token before the form is sent; without them it goes to this page alone. */
export function cardScripts(layout: Layout): Raw {
  if (layout === 'mobile') return { html: '' }
  return markup`<script src="/sbpstoken/com_sbps_system_token.js"></script><script src="/f01/card.js"></script>`
}

export function cardFields(year: number): Raw {
  const months = Array.from({ length: 12 }, (_, at) => option(String(at + 1).padStart(2, '0')))
  const years = Array.from({ length: CARD_YEARS }, (_, at) => option(String(year + at)))
  return markup`${field('カード番号', markup`<input name="cc_number" inputmode="numeric" autocomplete="cc-number" maxlength="23">`)}
${field('有効期限(月)', markup`<select name="cc_month">${months}</select>`)}${field('有効期限(年)', markup`<select name="cc_year">${years}</select>`)}
${field('セキュリティコード', markup`<input name="security_code" inputmode="numeric" autocomplete="cc-csc" maxlength="4">`)}`
}

function storePage(stage: Stage, prefilled: Values): string {
  const { session } = stage
  const stores = STORES.map(
    ([code, name], index) =>
      markup`<p><label><input type="radio" name="webcvstype" value="${code}"${{ html: index === 0 ? ' checked' : '' }}>${name}</label></p>`,
  )
  return page(
    stage,
    markup`<h2>コンビニの選択</h2>${refusalOf(session)}<form method="post" action="/f01/pay/${session.id}/webcvs">${stores}${personFields(prefilled)}<button type="submit">申し込む</button></form>${leaveForm(session)}`,
  )
}

/** What the shop has sent is shown to be confirmed, not to be changed: it ships to that address. Assumed. */
function npPage(stage: Stage, prefilled: Values): string {
  const { session, account } = stage
  const isSent = (prefilled['ADDRESS'] ?? '') !== ''
  const sent: [string, string, string][] = [
    ['last_name', '姓', prefilled['LAST_NAME'] ?? ''],
    ['first_name', '名', prefilled['FIRST_NAME'] ?? ''],
    ['name_kana', 'フリガナ', prefilled['NAME_KANA'] ?? ''],
    ['zip', '郵便番号', prefilled['ZIP'] ?? ''],
    ['address', '住所', prefilled['ADDRESS'] ?? ''],
    ['tel', '電話番号', prefilled['TEL'] ?? ''],
    ['mail', 'メールアドレス', prefilled['MAIL'] ?? ''],
  ]
  const fields = sent.map(([name, word, value]) =>
    isSent
      ? markup`<dt>${word}</dt><dd>${value === '' ? '-' : value}</dd><input type="hidden" name="${name}" value="${value}">`
      : field(word, markup`<input name="${name}" value="${value}">`),
  )
  return page(
    stage,
    markup`<h2>NP後払いのお申し込み</h2>${refusalOf(session)}<p class="note">想定: 項目とfree_csvのキーは公開されていません。 / Assumed: fields and free_csv keys are not public.</p>
<form method="post" action="/f01/pay/${session.id}/${npPayMethodOf(account)}">${isSent ? markup`<dl>${fields}</dl>` : fields}<button type="submit">申し込む</button></form>${leaveForm(session)}`,
  )
}

/** Below each other also where no style says so. */
function field(word: string, control: Raw): Raw {
  return markup`<p><label>${word}<br>${control}</label></p>`
}

function personFields(prefilled: Values): Raw {
  const fields: [string, string, string][] = [
    ['last_name', '姓(全角)', prefilled['LAST_NAME'] ?? ''],
    ['first_name', '名(全角)', prefilled['FIRST_NAME'] ?? ''],
    ['tel', '電話番号', prefilled['TEL'] ?? ''],
    ['mail', 'メールアドレス', prefilled['MAIL'] ?? ''],
  ]
  return markup`${fields.map(([name, word, value]) => field(word, markup`<input name="${name}" value="${value}">`))}`
}

/** What is charged each month ends; what was charged stays. */
export function stopPage(stage: Stage): string {
  const { id } = stage.session
  return page(
    stage,
    markup`<h2>毎月の課金の停止</h2><p>次の月から課金されません。お支払い済みの分はそのままです。</p><form method="post" action="/f01/stop/${id}"><button type="submit">停止する</button></form>${leaveButton(stage.session)}`,
  )
}

/** The slip's numbers stand on the provider's page: the merchant's has not got them. */
export function slipPage(stage: Stage, lines: readonly (readonly [string, string])[], home: Raw): string {
  const rows = lines.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)
  return page(stage, markup`<h2>お申し込みが完了しました</h2><dl>${rows}</dl>${home}`)
}

export function donePage(stage: Stage, text: string, home: Raw): string {
  return page(stage, markup`<h2>${text}</h2>${home}`)
}

/** The browser carries the result home; where scripts run it goes by itself. */
export function homeForm(url: string, pairs: readonly (readonly [string, string])[], isByItself: boolean): Raw {
  const inputs = pairs.map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`)
  const script: Raw = isByItself ? { html: '<script src="/f01/home.js"></script>' } : { html: '' }
  return markup`<form method="post" action="${url}" accept-charset="Shift_JIS" id="home">${inputs}<button type="submit">お店に戻る</button></form>${script}`
}

/** A request that cannot be served: the code, and what is known about it. */
export function errorPage(layout: Layout, errorCode: string, tag: string): string {
  return frame(
    layout,
    'SBPS サンドボックス',
    markup`<h2>エラー</h2>`,
    markup`<h2>決済を開始できません</h2><p class="error">エラーコード <b>${errorCode}</b></p><p class="note">項目 / field: ${tag}</p>`,
  )
}

export function page(stage: Stage, main: Raw): string {
  const { session, layout } = stage
  const { values } = session
  const aside = markup`<h1>お支払い</h1><dl><dt>ご注文番号</dt><dd>${values['order_id'] ?? ''}</dd><dt>商品</dt><dd>${values['item_name'] || values['item_id'] || ''}</dd><dt>金額</dt><dd class="amount">${Number(values['amount']).toLocaleString('en-US')}円</dd>${recurringFacts(values)}</dl>`
  return frame(layout, 'SBPS サンドボックス', aside, main)
}

/** What the customer agrees to when the same is charged each month. */
function recurringFacts(values: Values): Raw {
  if (!isSimple(values)) return { html: '' }
  const last = (values['last_charge_month'] ?? '').replace(/^(\d{4})(\d{2})$/, '$1年$2月まで')
  return markup`<dt>お支払い</dt><dd>毎月1日に自動で課金 (${isFirstFree(values) ? '初月無料' : '初月は本日課金'})</dd><dt>期間</dt><dd>${last === '' ? '停止のお申し出まで' : last}</dd>`
}

function refusalOf({ refusedBy }: LinkSession): Raw {
  if (refusedBy === undefined) return { html: '' }
  return markup`<p class="error">お支払いを受け付けられませんでした(${refusedBy})。内容を確かめるか、別の方法をお選びください。</p>`
}

function leaveForm(session: LinkSession): Raw {
  const { id, payMethods } = session
  const back =
    payMethods.length > 1 ? markup`<p><a href="/f01/choose/${id}">お支払い方法を選び直す</a></p>` : { html: '' }
  return markup`${back}${leaveButton(session)}`
}

/** Before anything was refused the customer gives up; afterwards the purchase has failed. */
function leaveButton({ id, refusedBy }: LinkSession): Raw {
  const word = refusedBy === undefined ? 'キャンセルしてお店に戻る' : '支払わずにお店に戻る'
  return markup`<form method="post" action="/f01/leave/${id}"><button type="submit" class="quiet">${word}</button></form>`
}

function option(value: string): Raw {
  return markup`<option value="${value}">${value}</option>`
}

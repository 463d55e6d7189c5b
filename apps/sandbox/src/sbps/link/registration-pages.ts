/** The steps of the page on which a customer's card is registered, changed or deleted. */
import { shownCard } from '../card-face.ts'
import type { StoredCard } from '../records.ts'
import { type Layout, frame, markup, type Raw } from './html.ts'
import { cardFields, cardScripts } from './pages.ts'
import type { Registration } from './registration-records.ts'

const TITLE = 'SBPS サンドボックス'

export function registrationPage(
  registration: Registration,
  layout: Layout,
  known: StoredCard | undefined,
  year: number,
): string {
  const { id, account } = registration
  const word = known ? 'カード情報の変更' : 'カード情報の登録'
  return pageOf(
    registration,
    layout,
    markup`<h2>${word}</h2>${refusalOf(registration)}${known ? kept(known) : { html: '' }}<form method="post" action="/f04/register/${id}" id="card" data-merchant="${account.slice(0, 5)}" data-service="${account.slice(6)}">
${cardFields(year)}<input type="hidden" name="token"><input type="hidden" name="token_key"><input type="hidden" name="token_error"><button type="submit">登録する</button></form>${leaveButton(registration)}
<p class="note">テスト用の番号: 4111111111111111。<a href="/sandbox/guide">一覧 / Guide</a></p>${cardScripts(layout)}`,
  )
}

export function deletionPage(registration: Registration, layout: Layout, known: StoredCard): string {
  return pageOf(
    registration,
    layout,
    markup`<h2>カード情報の削除</h2>${kept(known)}<form method="post" action="/f04/delete/${registration.id}"><button type="submit">削除する</button></form>${leaveButton(registration)}`,
  )
}

export function endPage(registration: Registration, layout: Layout, text: string, home: Raw): string {
  return pageOf(registration, layout, markup`<h2>${text}</h2>${home}`)
}

function pageOf({ values }: Registration, layout: Layout, main: Raw): string {
  const aside = markup`<h1>お客様情報</h1><dl><dt>お客様番号</dt><dd>${values['cust_code'] ?? ''}</dd></dl>`
  return frame(layout, TITLE, aside, main)
}

/** As far as a card may be shown. */
function kept({ card }: StoredCard): Raw {
  return markup`<dl><dt>登録済みのカード</dt><dd>${shownCard(card, '2')['cc_number'] ?? ''}</dd></dl>`
}

function refusalOf({ refusedBy }: Registration): Raw {
  if (refusedBy === undefined) return { html: '' }
  return markup`<p class="error">登録できませんでした(${refusedBy})。内容をお確かめください。</p>`
}

function leaveButton({ id }: Registration): Raw {
  return markup`<form method="post" action="/f04/leave/${id}"><button type="submit" class="quiet">登録せずにお店に戻る</button></form>`
}

/**
 * Pages for customers: plain HTML that also old phones read. Everything but ASCII is written as numbers, so that the
 * page can say Shift_JIS, in which a browser then sends its form.
 */
import { createHash } from 'node:crypto'
import { fill, type Language, labels } from '@choba/shared/labels/labels.ts'
import type { HostedForm } from '../../providers/hosted-page.ts'
import type { PayPage, Return } from './pay-page.service.ts'

export type Html = { readonly body: string; readonly headers: Readonly<Record<string, string>> }

const SUBMIT = 'document.forms[0].submit()'
const SUBMIT_HASH = createHash('sha256').update(SUBMIT).digest('base64')
const STYLE = `body{font:16px/1.7 -apple-system,"Hiragino Sans","Noto Sans JP","Yu Gothic UI",Meiryo,sans-serif;max-width:30rem;margin:0 auto;padding:1.25rem;color:#1d1c1a;background:#fbfaf7}
h1{font-size:1.25rem}dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;border-top:1px solid #cfcabf;border-bottom:1px solid #cfcabf;padding:.75rem 0}dt{color:#5d5a54}dd{margin:0;text-align:right;overflow-wrap:anywhere}
button{font:inherit;font-weight:600;width:100%;min-height:3rem;border:0;border-radius:4px;background:#34408b;color:#fff}
@media (prefers-color-scheme:dark){body{color:#e9e6df;background:#171614}dl{border-color:#4a473f}dt{color:#a8a49a}button{background:#8f9be6;color:#171614}}`

/** Takes the browser to the provider: by itself, or by the button where scripts do not run. */
export function formPage(page: PayPage, form: HostedForm, language: Language): Html {
  const words = labels(language).pay_page
  const inputs = form.fields.map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
  )
  const main = `<h1>${escape(fill(words.title, { shop: page.shop }))}</h1>${facts(page, language)}
<p>${escape(words.leaving)}</p>
<form method="post" action="${escape(form.action)}" accept-charset="Shift_JIS">${inputs.join('')}<button type="submit">${escape(words.go)}</button></form><script>${SUBMIT}</script>`
  return html(
    page.shop,
    main,
    language,
    `script-src 'sha256-${SUBMIT_HASH}'; form-action ${new URL(form.action).origin}`,
  )
}

/** The link is not to be paid now: the state says why. */
export function closedPage(page: PayPage, language: Language): Html {
  const words = labels(language).pay_page
  return html(page.shop, statement(words[page.state], page, language), language)
}

/** After the provider's page: what stands by the notice, or that we are waiting for it. */
export function returnPage(page: PayPage, way: Return, language: Language): Html {
  const words = labels(language).pay_page
  const stands =
    page.state === 'paid' || page.state === 'ordered' || page.state === 'expired' || page.state === 'cancelled'
  const ordered = page.method === 'convenience_store' ? words.ordered_store : words.ordered
  if (stands)
    return html(page.shop, statement(page.state === 'ordered' ? ordered : words[page.state], page, language), language)
  if (way === 'success') return html(page.shop, statement(words.waiting, page, language), language)
  return html(page.shop, statement(way === 'cancel' ? words.gave_up : words.failed, page, language, true), language)
}

export function missingPage(language: Language): Html {
  const words = labels(language).pay_page
  return html(words.missing_title, `<h1>${escape(words.missing_title)}</h1><p>${escape(words.missing)}</p>`, language)
}

function statement(text: string, page: PayPage, language: Language, again = false): string {
  const words = labels(language).pay_page
  const link = again ? `<p><a href="./">${escape(words.again)}</a></p>` : ''
  return `<h1>${escape(fill(words.title, { shop: page.shop }))}</h1><p role="status">${escape(text)}</p>${facts(page, language)}${link}`
}

function facts({ orderNumber, itemName, amountYen }: PayPage, language: Language): string {
  const words = labels(language).pay_page
  const rows: [string, string][] = [
    [words.order, orderNumber],
    [words.item, itemName],
    [words.amount, fill(words.yen, { amount: amountYen.toLocaleString('en-US') })],
  ]
  return `<dl>${rows.map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`).join('')}</dl>`
}

function html(title: string, main: string, language: Language, policy = "form-action 'none'"): Html {
  return {
    body: `<!DOCTYPE html>
<html lang="${language}"><head><meta charset="Shift_JIS"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body>${main}</body></html>`,
    headers: {
      'Content-Type': 'text/html; charset=Shift_JIS',
      'Content-Security-Policy': `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; ${policy}`,
      'Cache-Control': 'no-store',
    },
  }
}

/** Safe in text and attributes, and ASCII alone. */
function escape(text: string): string {
  return text.replace(/[&<>"'\u0080-\u{10ffff}]/gu, (character) => `&#${character.codePointAt(0)};`)
}

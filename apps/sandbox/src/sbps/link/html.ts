/**
 * The frame of the hosted page in its three layouts: wide, narrow, and a bare one for mobile phones without style or
 * script. ASCII throughout, so that the page is Shift_JIS as it says.
 */
export type Layout = 'browser' | 'mobile'

export const LINK_STYLE = `body{font:16px/1.7 "Hiragino Sans","Noto Sans JP","Yu Gothic UI",Meiryo,sans-serif;margin:0;color:#1d1c1a;background:#f4f2ec}
header{padding:.6rem 1rem;background:#34408b;color:#fff}header small{display:block;opacity:.85}
main{max-width:56rem;margin:1.5rem auto;padding:0 1rem;display:grid;gap:1.5rem;grid-template-columns:18rem 1fr}
aside,section{background:#fff;border:1px solid #d5d0c4;padding:1rem}aside{align-self:start}h1,h2{font-size:1.1rem;margin:0 0 .75rem}
dl{margin:0}dt{color:#5d5a54;font-size:.85rem}dd{margin:0 0 .5rem;overflow-wrap:anywhere}.amount{font-size:1.4rem;font-weight:600}
p{margin:.6rem 0}label{display:block}label br{display:none}input,select{font:inherit;display:block;width:100%;box-sizing:border-box;min-height:2.5rem;padding:.25rem .5rem}
input[type=radio]{display:inline-block;width:auto;min-height:0;margin-right:.5rem}
button{font:inherit;font-weight:600;min-height:2.75rem;padding:0 1.25rem;border:1px solid #34408b;background:#34408b;color:#fff;cursor:pointer;margin:.5rem .5rem 0 0}
button.quiet{background:#fff;color:#34408b}.error{border-left:4px solid #b8381f;padding:.25rem .75rem;background:#fbeeea}
.note{font-size:.85rem;color:#5d5a54}table{border-collapse:collapse;width:100%}td,th{border:1px solid #d5d0c4;padding:.2rem .5rem;text-align:left;overflow-wrap:anywhere}
@media (max-width:47.99em){main{grid-template-columns:1fr;margin:0 auto;padding:0;gap:.5rem}aside,section{border-width:1px 0}button{width:100%}}
`

/** Scripts and styles from this server alone. Forms may go on to the merchant. */
export const LINK_HEADERS = {
  'Content-Type': 'text/html; charset=Shift_JIS',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

export function ascii(text: string): string {
  return text.replace(/[&<>"'\u0080-\u{10ffff}]/gu, (letter) => `&#${letter.codePointAt(0)};`)
}

/** Raw HTML beside what was typed by someone, told apart by type. */
export type Raw = { readonly html: string }

/** Writes a template: texts are escaped, raw pieces are not, and everything becomes ASCII. */
export function markup(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Raw | readonly Raw[])[]
): Raw {
  let html = ''
  parts.forEach((part, index) => {
    html += toAscii(part)
    const value = values[index]
    if (value === undefined) return
    if (typeof value === 'string' || typeof value === 'number') html += ascii(String(value))
    else html += 'html' in value ? value.html : value.map((piece) => piece.html).join('')
  })
  return { html }
}

function toAscii(text: string): string {
  return text.replace(/[\u0080-\u{10ffff}]/gu, (letter) => `&#${letter.codePointAt(0)};`)
}

export function frame(layout: Layout, title: string, aside: Raw, main: Raw): string {
  const notice = markup`テスト用の決済画面です。お金は動きません。 / A pretend payment page. No money moves.`
  if (layout === 'mobile')
    return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"><title>${ascii(title)}</title></head><body>${notice.html}<hr>${aside.html}<hr>${main.html}</body></html>`
  return `<!DOCTYPE html>
<html lang="ja"><head><meta charset="Shift_JIS"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${ascii(title)}</title><link rel="stylesheet" href="/f01/style.css"></head>
<body><header>${ascii(title)}<small>${notice.html}</small></header><main><aside>${aside.html}</aside><section>${main.html}</section></main></body></html>`
}

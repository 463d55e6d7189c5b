/** The frame of the sandbox's own pages: plain HTML, no scripts, the clock form on every page. */
import { jstIso } from '@choba/shared/dates.ts'
import { escapeHtml } from '../http.ts'

/** Style only from this server, forms only to this server, nothing else. */
export const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
}

export const STYLE = `body{font:15px/1.6 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #8888;padding:.25rem .5rem;text-align:left;vertical-align:top}
form{margin:1rem 0;padding:.75rem;border:1px solid #8888;display:flex;gap:.75rem;flex-wrap:wrap;align-items:center}
input{font:inherit;width:6rem}button{font:inherit;padding:.25rem .75rem}
.assumed{font-style:normal;border:1px solid currentColor;padding:0 .4rem;font-size:.8rem}nav a{margin-right:1rem}
`

export function page(title: string, now: Date, body: string): string {
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="stylesheet" href="/sandbox/style.css"></head>
<body><nav><a href="/">サンドボックス / Sandbox</a><a href="/sandbox/guide">テストのしかた / Guide</a><a href="/sandbox/status">状態 / Status</a><a href="/sandbox/accounts">加盟店 / Accounts</a></nav>
<h1>${escapeHtml(title)}</h1>
<form method="post" action="/sandbox/clock"><span>決済会社の現在時刻 / Provider clock: <strong>${escapeHtml(jstIso(now))}</strong></span>
<label>進める日数 / Days ahead <input type="number" name="advanceDays" value="1" min="0" max="3660" required></label>
<button type="submit">時計を進める / Move the clock</button></form>
${body}
</body></html>`
}

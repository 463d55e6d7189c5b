/** The sandbox's own side: the clock, the accounts, the state and the guide. */
import type { Hono } from 'hono'
import { maskSecrets, parseAccounts } from '../accounts.ts'
import type { Deps } from '../deps.ts'
import { objectOf } from '../parse.ts'
import { instantOf, readClockTarget } from './clock-request.ts'
import { guidePage } from './guide.ts'
import { openAccounts } from './open-account.ts'
import { page, PAGE_HEADERS, STYLE } from './page.ts'
import { parseJson, readRequest, refusingMalformed } from './request.ts'

export function mountConsole(app: Hono, deps: Deps): void {
  const { accounts, clock, schedule, store } = deps

  app.get('/', (c) => c.body(page('サンドボックス / Sandbox', clock.now(), HOME), 200, PAGE_HEADERS))
  app.get('/sandbox/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  app.get('/sandbox/guide', (c) => c.body(guidePage(deps.guide, clock.now()), 200, PAGE_HEADERS))
  app.get('/sandbox/clock', (c) => c.json({ now: clock.now().toISOString() }))
  app.get('/sandbox/status', (c) => c.json(status(deps)))
  app.get('/sandbox/accounts', (c) =>
    c.json({ sbps: accounts.listSbps().map(maskSecrets), np: accounts.listNp().map(maskSecrets) }),
  )

  app.post('/sandbox/clock', (c) =>
    refusingMalformed(c, async () => {
      const { values, isForm } = await readRequest(c)
      schedule.tick()
      const target = readClockTarget(values, clock.now())
      const ranTasks = clock.moveTo(target)
      return isForm ? c.redirect('/', 303) : c.json({ now: clock.now().toISOString(), ranTasks })
    }),
  )

  app.post('/sandbox/accounts', (c) =>
    refusingMalformed(c, async () => {
      accounts.upsert(parseAccounts(parseJson(await c.req.text())))
      return c.json({ sbps: accounts.listSbps().length, np: accounts.listNp().length })
    }),
  )

  app.post('/sandbox/accounts/open', (c) =>
    refusingMalformed(c, async () => c.json(openAccounts(accounts, parseJson(await c.req.text())))),
  )

  app.post('/sandbox/reset', (c) =>
    refusingMalformed(c, async () => {
      const text = await c.req.text()
      const request = objectOf(text.trim() === '' ? {} : parseJson(text), 'the body')
      const now = request['now'] === undefined ? undefined : instantOf(request['now'], 'now')
      store.reset()
      if (now) clock.startAt(now)
      return c.json({ now: clock.now().toISOString() })
    }),
  )
}

type Status = { now: string; undeliveredNotices: number; dueTasks: number; failedTasks: number }

function status(deps: Deps): Status {
  let undeliveredNotices = 0
  for (const count of deps.undelivered) undeliveredNotices += count()
  return {
    now: deps.clock.now().toISOString(),
    undeliveredNotices,
    dueTasks: deps.schedule.dueCount(),
    failedTasks: deps.schedule.failedCount(),
  }
}

const HOME = `<p>テスト用の決済会社です。実在の決済会社とは関係がなく、お金は動きません。<br>
<span lang="en">A pretend payment provider for development and tests. It is not connected to any real provider, and no money moves.</span></p>
<ul>
<li><a href="/sandbox/guide">テストのしかた / What to type to steer outcomes</a></li>
<li><code>POST /api/xmlapi.do</code> 決済API(XML、SBPS仕様) / SBPS API</li>
<li><code>POST /f01/FepBuyInfoReceive.do</code> 決済画面(リンク型) / hosted page; <a href="/sandbox/link">記録 / record</a></li>
<li><code>/v1/…</code> NP後払い REST API / NP postpaid REST API</li>
<li><a href="/sandbox/np">NP後払いの係争と調整 / Disputes and adjustments of NP postpaid</a></li>
<li><code>GET /portal/statements</code>, <code>POST /v1/payment_statements/find</code> 支払明細(想定) / payout statements (assumed)</li>
<li><code>GET /sandbox/clock</code>, <code>POST /sandbox/clock</code> <code>{"advanceDays": 1}</code> | <code>{"to": "2026-12-01T00:00:00+09:00"}</code></li>
<li><code>GET /sandbox/status</code>, <code>GET|POST /sandbox/accounts</code>, <code>POST /sandbox/accounts/open</code> <code>{"noticesUrl": "http://127.0.0.1:8787/notices/sbps"}</code>, <code>POST /sandbox/reset</code> <code>{"now": "2026-08-01T00:00:00+09:00"}</code></li>
</ul>`

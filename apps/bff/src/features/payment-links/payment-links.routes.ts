import {
  PAYMENT_LINK_EXPORT_PATH,
  paymentLinkExportQuery,
  paymentLinks,
} from '@choba/shared/contracts/payment-links.ts'
import type { Language } from '@choba/shared/labels/labels.ts'
import type { Context } from 'hono'
import { checkListExport, exportHeaders, exportList } from '../../exports/list-export.ts'
import type { App, HonoEnv } from '../../http/hono-env.ts'
import { limitBody, NOTICE_BODY_BYTES } from '../../http/limits.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { writeMail } from './link-mail.service.ts'
import { type NoticeDeps, receiveLinkNotice } from './link-notice.service.ts'
import { closedPage, formPage, type Html, missingPage, returnPage } from './pay-html.ts'
import { comeBack, openPayPage, RETURNS } from './pay-page.service.ts'
import { paymentLinksExport } from './payment-links-export.ts'
import { listPaymentLinks } from './payment-links.queries.ts'
import { cancelLink, createLink, getLink, type LinkDeps, listOptions, totalLinks } from './payment-links.service.ts'

export function mountPaymentLinks(app: App, deps: NoticeDeps): void {
  const { db } = deps
  mount(app, paymentLinks.list, ({ query }, { merchantId }) =>
    listPaymentLinks(db.merchant(merchantId), merchantId, query),
  )
  mount(app, paymentLinks.totals, ({ query }, session) => totalLinks(deps, session, query))
  mount(app, paymentLinks.options, (_, session) => listOptions(deps, session))
  mount(app, paymentLinks.checkExport, ({ query }, session) =>
    checkListExport(deps, session, paymentLinksExport, query),
  )
  app.get(PAYMENT_LINK_EXPORT_PATH, async (c) => {
    const session = authorize(c, paymentLinks.checkExport.permission)
    const query = parseInput(paymentLinkExportQuery, c.req.query(), 'query')
    const download = await exportList(deps, session, paymentLinksExport, query)
    return c.body(download.body, 200, exportHeaders(download))
  })
  mount(app, paymentLinks.get, ({ id }, session) => getLink(deps, session, id))
  mount(app, paymentLinks.create, ({ body }, session) => createLink(deps, session, body))
  mount(app, paymentLinks.cancel, ({ id }, session) => cancelLink(deps, session, id))
  mount(app, paymentLinks.mail, ({ id, query }, session) => writeMail(deps, session, id, query.language))
  mountForProvider(app, deps)
  mountForCustomers(app, deps)
}

/** The provider knocks without a session: the checksum of its notice is what lets it in. */
function mountForProvider(app: App, deps: NoticeDeps): void {
  app.post('/notices/:provider{[a-z]+-link}/:account', async (c) => {
    const provider = c.req.param('provider').slice(0, -'-link'.length)
    const body = new Uint8Array(await c.req.arrayBuffer())
    const contentType = c.req.header('content-type') ?? ''
    const answer = await receiveLinkNotice(deps, provider, c.req.param('account'), { body, contentType })
    if (answer === undefined) return c.notFound()
    return c.body(answer.body as Uint8Array<ArrayBuffer>, 200, { 'content-type': answer.contentType })
  })
}

/** Whoever holds the address may open it. */
function mountForCustomers(app: App, deps: LinkDeps): void {
  app.use('/pay/*', limitBody(NOTICE_BODY_BYTES))
  app.on('GET', ['/pay/:token', '/pay/:token/'], async (c) => {
    const origin = deps.env.publicUrl?.origin ?? new URL(c.req.url).origin
    const opened = await openPayPage(deps, c.req.param('token'), origin, c.req.header('user-agent') ?? '')
    if (opened.kind === 'missing') return send(c, missingPage(languageOf(c)), 404)
    if (opened.kind === 'closed') return send(c, closedPage(opened.page, languageOf(c)))
    return send(c, formPage(opened.page, opened.form, languageOf(c)))
  })
  for (const way of RETURNS) {
    app.on(['GET', 'POST'], `/pay/:token/${way}`, async (c) => {
      const body =
        c.req.method === 'POST'
          ? new Uint8Array(await c.req.arrayBuffer())
          : new TextEncoder().encode(new URL(c.req.url).search.slice(1))
      const back = await comeBack(deps, c.req.param('token') ?? '', way, body)
      if (back === undefined) return send(c, missingPage(languageOf(c)), 404)
      return send(c, returnPage(back.page, back.way, languageOf(c)))
    })
  }
}

function send(c: Context<HonoEnv>, { body, headers }: Html, status: 200 | 404 = 200): Response {
  return c.body(body, status, { ...headers })
}

/** Japanese unless the browser asks for English before it. */
function languageOf(c: Context<HonoEnv>): Language {
  const asked = (c.req.header('accept-language') ?? '').toLowerCase()
  const [ja, en] = [asked.search(/\bja\b/), asked.search(/\ben\b/)]
  return en >= 0 && (ja < 0 || en < ja) ? 'en' : 'ja'
}

/** A browser of the simplest kind: fetches a page, fills its form in, and sends it in the page's own character set. */
import { decodeCp932, encodeCp932 } from '../../packages/wire/src/cp932.ts'

export type Page = {
  readonly url: string
  readonly status: number
  readonly charset: string
  readonly html: string
  readonly text: string
}
type Form = {
  readonly action: string
  readonly method: string
  readonly fields: ReadonlyArray<readonly [string, string]>
}

export type Browser = {
  open(url: string): Promise<Page>
  /** Sends the form that goes to an address with this in it, some fields filled in. */
  submit(page: Page, to: string, filled?: Readonly<Record<string, string>>): Promise<Page>
  /** The form's fields as they would be sent. */
  fieldsOf(page: Page, to: string): Readonly<Record<string, string>>
}

const MOST_REDIRECTS = 5

export function openBrowser(userAgent: string, language = 'ja'): Browser {
  const headers = { 'user-agent': userAgent, 'accept-language': language }

  async function go(url: string, init: RequestInit = {}): Promise<Page> {
    let [at, request] = [url, init]
    for (let turn = 0; turn < MOST_REDIRECTS; turn += 1) {
      const answer = await fetch(at, { ...request, redirect: 'manual', headers: { ...headers, ...request.headers } })
      const location = answer.headers.get('location')
      if (location === null) return read(at, answer)
      at = new URL(location, at).href
      request = {}
    }
    throw new Error(`${url} redirects without end`)
  }

  return {
    open: (url) => go(url),
    submit(page, to, filled = {}) {
      const form = findForm(page, to)
      const fields = [...form.fields.filter(([name]) => !Object.hasOwn(filled, name)), ...Object.entries(filled)]
      const body = fields
        .map(([name, value]) => `${percent(name, page.charset)}=${percent(value, page.charset)}`)
        .join('&')
      const action = new URL(form.action, page.url).href
      if (form.method !== 'post') return go(`${action}?${body}`)
      return go(action, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    },
    fieldsOf: (page, to) => Object.fromEntries(findForm(page, to).fields),
  }
}

async function read(url: string, answer: Response): Promise<Page> {
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const charset = /charset=([\w-]+)/i.exec(answer.headers.get('content-type') ?? '')?.[1]?.toLowerCase() ?? 'utf-8'
  const html = (charset === 'shift_jis' ? decodeCp932(bytes) : new TextDecoder().decode(bytes)) ?? ''
  const text = unescaped(html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' '))
  return { url, status: answer.status, charset, html, text: text.replace(/\s+/g, ' ').trim() }
}

function findForm(page: Page, to: string): Form {
  for (const [, attributes = '', inner = ''] of page.html.matchAll(/<form ([^>]*)>([\s\S]*?)<\/form>/g)) {
    const action = attribute(attributes, 'action') ?? ''
    if (action.includes(to))
      return { action, method: attribute(attributes, 'method') ?? 'get', fields: fieldsIn(inner) }
  }
  throw new Error(`no form to ${to} on ${page.url}: ${page.text}`)
}

function fieldsIn(html: string): [string, string][] {
  const fields: [string, string][] = []
  for (const [, attributes = ''] of html.matchAll(/<input ([^>]*)>/g)) {
    const name = attribute(attributes, 'name')
    const isOff = attribute(attributes, 'type') === 'radio' && !/ checked/.test(attributes)
    if (name !== undefined && !isOff) fields.push([name, attribute(attributes, 'value') ?? ''])
  }
  for (const [, attributes = '', options = ''] of html.matchAll(/<select ([^>]*)>([\s\S]*?)<\/select>/g)) {
    const first = /<option value="([^"]*)"/.exec(options)?.[1]
    const name = attribute(attributes, 'name')
    if (name !== undefined && first !== undefined) fields.push([name, unescaped(first)])
  }
  return fields
}

function attribute(attributes: string, name: string): string | undefined {
  const value = new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1]
  return value === undefined ? undefined : unescaped(value)
}

function unescaped(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}

function percent(text: string, charset: string): string {
  const bytes = charset === 'shift_jis' ? encodeCp932(text).bytes : new TextEncoder().encode(text)
  return [...bytes]
    .map((byte) =>
      /[\w.-]/.test(String.fromCharCode(byte)) && byte < 0x80
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('')
}

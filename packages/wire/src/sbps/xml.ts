/** XML in Shift_JIS, as far as SBPS uses it: elements, text, one attribute; no document type, no entities of one's own. */
import { XMLParser } from 'fast-xml-parser'
import { decodeCp932 } from '../cp932.ts'

export type XmlElement = {
  readonly tag: string
  readonly id?: string
  readonly children: readonly XmlElement[]
  /** The text of a leaf, entities resolved. */
  readonly text: string
}

export type XmlFault = 'charset' | 'xml'

/** Requests as the page writes them; answers as they were recorded: single quotes, a space before the end. */
export const REQUEST_DECLARATION = '<?xml version="1.0" encoding="Shift_JIS"?>'
export const RESPONSE_DECLARATION = "<?xml version='1.0' encoding='Shift_JIS' ?>"

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
})

/** Deeper than any SBPS message by far. */
const MAX_DEPTH = 12

export function parseXml(bytes: Uint8Array): XmlElement | XmlFault {
  const text = decodeCp932(bytes)
  if (text === undefined) return 'charset'
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return 'xml'
  try {
    const nodes = (parser.parse(text, true) as Node[]).filter((node) => !('#text' in node))
    return nodes.length === 1 ? toElement(nodes[0]!, 0) : 'xml'
  } catch {
    // The parser says by throwing that this is no XML.
    return 'xml'
  }
}

export function escapeXml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (letter) => ESCAPES[letter]!) : text
}

/** One leaf; an empty one is self-closed, as in the recorded answers. */
export function leafXml(tag: string, text: string): string {
  return text === '' ? `<${tag}/>` : `<${tag}>${escapeXml(text)}</${tag}>`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

type Node = Readonly<Record<string, unknown>>

function toElement(node: Node, depth: number): XmlElement {
  if (depth > MAX_DEPTH) throw new RangeError('too deep')
  const tag = Object.keys(node).find((key) => key !== ':@')!
  const attributes = node[':@'] as Readonly<Record<string, string>> | undefined
  const children: XmlElement[] = []
  let text = ''
  for (const child of node[tag] as Node[]) {
    if ('#text' in child) text += String(child['#text'])
    else children.push(toElement(child, depth + 1))
  }
  const id = attributes?.['id']
  return { tag, children, text: resolveEntities(text), ...(id === undefined ? {} : { id: resolveEntities(id) }) }
}

function resolveEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);?/gi, (whole, name: string) => {
    if (!whole.endsWith(';')) throw new RangeError('an entity without its end')
    if (name.startsWith('#')) {
      return String.fromCodePoint(/^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)))
    }
    if (!Object.hasOwn(ENTITIES, name)) throw new RangeError('an entity nobody declared')
    return ENTITIES[name]!
  })
}

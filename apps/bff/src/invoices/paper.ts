/** A sheet of paper to write on: Japanese fonts, text by the point, lines that fit their width. */
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { drawable } from './glyphs.ts'

/** A4 in points of 1/72 inch. */
export const PAGE = { width: 595.28, height: 841.89, margin: 42 } as const

const require = createRequire(import.meta.url)
/** BIZ UDPGothic: drawn for business papers, with the variants that names are written in (髙, 﨑). SIL Open Font License. */
const FONTS = {
  regular: require.resolve('@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf'),
} as const

export type Pdf = InstanceType<typeof PDFDocument>
export type Style = {
  readonly size: number
  readonly bold?: boolean
  readonly align?: 'left' | 'right' | 'center'
  /** What the text may take: it is written smaller, down to 60 %, and then cut. */
  readonly width?: number
}

export type Paper = {
  readonly pdf: Pdf
  /** `y` is the top of the line. */
  write(text: string, x: number, y: number, style: Style): void
  /** Writes in as many lines as it takes, at most `most`; answers the y below them. */
  writeLines(
    text: string,
    x: number,
    y: number,
    style: Style & { readonly width: number; readonly most: number },
  ): number
  box(x: number, y: number, width: number, height: number): void
  rule(
    x1: number,
    y1: number,
    x2: number,
    y2: number,
    more?: { readonly dashed?: boolean; readonly width?: number },
  ): void
}

export function openPaper(title: string, createdAt: Date): Paper {
  const pdf = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    lang: 'ja-JP',
    info: { Title: title, CreationDate: createdAt },
  })
  for (const [name, file] of Object.entries(FONTS)) pdf.registerFont(name, file)
  const measure = measuring(pdf)

  function fitted(
    text: string,
    style: Style,
  ): { readonly text: string; readonly size: number; readonly width: number } {
    const bold = style.bold ?? false
    const whole = measure(text, bold)
    const size = style.width === undefined ? style.size : shrunk(style.size, whole, style.width)
    const most = (style.width ?? Number.POSITIVE_INFINITY) / size
    const said = whole <= most + ROUNDING ? text : `${cutAt(text, (part) => measure(part, bold) <= most - 1)}…`
    return { text: said, size, width: measure(said, bold) * size }
  }

  function write(text: string, x: number, y: number, style: Style): void {
    const line = fitted(drawable(pdf, text), style)
    const spare = (style.width ?? line.width) - line.width
    const shift = style.align === 'right' ? spare : style.align === 'center' ? spare / 2 : 0
    pdf.font(fontOf(style.bold)).fontSize(line.size)
    // Smaller text keeps the line's middle.
    pdf.text(line.text, x + shift, y + (style.size - line.size) / 2, { lineBreak: false })
  }

  return {
    pdf,
    write,
    writeLines(text, x, y, style) {
      const lines = broken(
        drawable(pdf, text),
        style.most,
        (part) => measure(part, style.bold ?? false) * style.size <= style.width,
      )
      lines.forEach((line, index) => write(line, x, y + index * style.size * LEADING, style))
      return y + lines.length * style.size * LEADING
    },
    box: (x, y, width, height) => void pdf.lineWidth(0.6).rect(x, y, width, height).stroke(),
    rule(x1, y1, x2, y2, { dashed = false, width = 0.6 } = {}) {
      pdf.lineWidth(width)
      if (dashed) pdf.dash(3, { space: 2 })
      pdf.moveTo(x1, y1).lineTo(x2, y2).stroke()
      if (dashed) pdf.undash()
    },
  }
}

/** Between lines, in sizes of the text. */
const LEADING = 1.4
const ROUNDING = 0.01
const SMALLEST = 0.6

function shrunk(size: number, whole: number, width: number): number {
  return whole * size <= width ? size : Math.max(width / whole, size * SMALLEST)
}

function fontOf(bold: boolean | undefined): keyof typeof FONTS {
  return bold === true ? 'bold' : 'regular'
}

/** Widths at one point of size, remembered by character: Japanese is set without kerning. */
function measuring(pdf: Pdf): (text: string, bold: boolean) => number {
  const known = { regular: new Map<string, number>(), bold: new Map<string, number>() }
  return (text, bold) => {
    const font = fontOf(bold)
    let sum = 0
    for (const character of text) {
      let width = known[font].get(character)
      if (width === undefined) {
        width = pdf.font(font).fontSize(100).widthOfString(character) / 100
        known[font].set(character, width)
      }
      sum += width
    }
    return sum
  }
}

/** Lines of what fits, by characters as Japanese breaks; the last one keeps the rest. */
function broken(text: string, most: number, fits: (part: string) => boolean): string[] {
  const lines: string[] = []
  let rest = text
  while (lines.length < most - 1 && !fits(rest)) {
    const line = cutAt(rest, fits)
    lines.push(line)
    rest = rest.slice(line.length)
  }
  return [...lines, rest].filter((line) => line !== '')
}

/** The longest beginning that fits, at least a character. */
function cutAt(text: string, fits: (part: string) => boolean): string {
  let part = ''
  for (const character of text) {
    if (part !== '' && !fits(part + character)) return part
    part += character
  }
  return part
}

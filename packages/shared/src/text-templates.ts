/**
 * Texts that the merchant may word: mails and the lead of the bundled invoice. Each has places that values are put into,
 * some of which must stand in it, since the text would be of no use without them.
 */
import { fill, type Language, labels } from './labels/labels.ts'

type Place = { readonly required?: true; readonly sample: { readonly ja: string; readonly en: string } }
type Template = {
  /** A letter has a subject, a paragraph on paper has none. */
  readonly hasSubject: boolean
  readonly languages: readonly Language[]
  /** Characters. */
  readonly most: number
  readonly places: Readonly<Record<string, Place>>
}

const BOTH = ['ja', 'en'] as const
const SHOP = { sample: { ja: '山田茶舗', en: 'Yamada Tea' } }
const CUSTOMER = { sample: { ja: '佐藤 花子', en: 'Hanako Sato' } }
const ORDER = { sample: { ja: 'A-1024', en: 'A-1024' } }
const AMOUNT = { required: true, sample: { ja: '5,500', en: '5,500' } } as const
const CONSOLE = 'https://console.example'

export const TEXT_TEMPLATES = {
  payment_link: {
    hasSubject: true,
    languages: BOTH,
    most: 4_000,
    places: {
      url: { required: true, sample: { ja: 'https://console.example/pay/abc', en: 'https://console.example/pay/abc' } },
      amount: AMOUNT,
      expires: { sample: { ja: '2026年12月10日 23:59', en: '10 December 2026 at 23:59' } },
      order: ORDER,
      item: { sample: { ja: '煎茶 100g', en: 'Sencha 100 g' } },
      methods: { sample: { ja: 'クレジットカード', en: 'Credit card' } },
      name: CUSTOMER,
      shop: SHOP,
    },
  },
  slip: {
    hasSubject: true,
    languages: BOTH,
    most: 4_000,
    places: {
      numbers: { required: true, sample: { ja: '受付番号：123456', en: 'Reception number: 123456' } },
      amount: AMOUNT,
      due: { required: true, sample: { ja: '2026/12/10', en: '2026/12/10' } },
      store: { sample: { ja: 'ローソン', en: 'Lawson' } },
      how: { sample: { ja: '店内の端末に番号を入力してください。', en: 'Enter the number at the terminal.' } },
      order: ORDER,
      customer: CUSTOMER,
      shop: SHOP,
    },
  },
  invitation: {
    hasSubject: true,
    languages: BOTH,
    most: 2_000,
    places: {
      link: { required: true, sample: { ja: `${CONSOLE}/join#abc`, en: `${CONSOLE}/join#abc` } },
      until: { sample: { ja: '2026-12-10 23:59', en: '2026-12-10 23:59' } },
      inviter: { sample: { ja: '山田 太郎', en: 'Taro Yamada' } },
    },
  },
  notification: {
    hasSubject: true,
    languages: BOTH,
    most: 2_000,
    places: {
      list: {
        required: true,
        sample: {
          ja: '■ 審査が保留になった (1)\n・注文 A-1024  5,500円',
          en: '■ Screening on hold (1)\n・Order A-1024  5,500 yen',
        },
      },
      what: { sample: { ja: '審査が保留になった', en: 'Screening on hold' } },
      count: { sample: { ja: '1', en: '1' } },
      settings: { sample: { ja: `${CONSOLE}/settings/notifications`, en: `${CONSOLE}/settings/notifications` } },
      console: { sample: { ja: CONSOLE, en: CONSOLE } },
    },
  },
  export: {
    hasSubject: true,
    languages: BOTH,
    most: 2_000,
    places: {
      files: {
        required: true,
        sample: {
          ja: '取引_20261201.csv（1,024行）\n金額: 5,500,000',
          en: 'payments_20261201.csv (1,024 rows)\nAmount: 5,500,000',
        },
      },
      how: { sample: { ja: 'このメールにファイルを添付しています。', en: 'The file is attached.' } },
      exports: { sample: { ja: `${CONSOLE}/exports`, en: `${CONSOLE}/exports` } },
      schedule: { sample: { ja: '毎朝の売上', en: 'Sales of the day' } },
    },
  },
  /** The claim is stated beside it; it speaks Japanese, as the paper does, and has three lines. */
  bundled_invoice: {
    hasSubject: false,
    languages: ['ja'],
    most: 120,
    places: {
      where: {
        required: true,
        sample: { ja: 'コンビニエンスストアまたは銀行', en: 'コンビニエンスストアまたは銀行' },
      },
      shop: SHOP,
    },
  },
} as const satisfies Record<string, Template>

/** On paper for a customer in Japan, whatever language the console has. */
export const BUNDLED_INVOICE_LEAD =
  'このたびは「{shop}」をご利用いただき、誠にありがとうございます。お届けした商品の代金を下記のとおりご請求申し上げます。お支払期限までに、{where}でお支払いください。'

export type TextTemplateKind = keyof typeof TEXT_TEMPLATES
export const TEXT_TEMPLATE_KINDS = Object.keys(TEXT_TEMPLATES) as [TextTemplateKind, ...TextTemplateKind[]]
/** Of a paragraph the subject is empty. */
export type TextTemplate = { readonly subject: string; readonly body: string }

export function textTemplate(kind: TextTemplateKind): Template {
  return TEXT_TEMPLATES[kind]
}

/** The wording of the house. */
export function standardTemplate(kind: TextTemplateKind, language: Language): TextTemplate {
  const words = labels(language)
  switch (kind) {
    case 'payment_link':
      return words.payment_link_mail
    case 'slip':
      return words.slip_mail
    case 'invitation':
      return words.invitation_mail
    case 'notification':
      return words.notification_mail
    case 'export':
      return { subject: words.export_mail.subject, body: words.export_mail.body }
    case 'bundled_invoice':
      return { subject: '', body: BUNDLED_INVOICE_LEAD }
  }
}

export type TemplateFault = {
  readonly field: 'subject' | 'body'
  readonly fault: 'unknown' | 'missing' | 'empty' | 'too_long' | 'broken'
  /** The place meant, for those of one. */
  readonly place: string | null
}

const MOST_SUBJECT = 200
const PLACE = /\{(\w+)\}/g

/** Everything wrong with a text: a place nobody fills would reach the customer as it is. */
export function templateFaults(kind: TextTemplateKind, { subject, body }: TextTemplate): TemplateFault[] {
  const { hasSubject, most, places } = textTemplate(kind)
  const required = Object.keys(places).filter((place) => places[place]?.required)
  return [
    ...(hasSubject ? faultsOf('subject', subject, places, { most: MOST_SUBJECT, isOneLine: true }) : []),
    ...faultsOf('body', body, places, { most, isOneLine: !hasSubject }),
    ...required
      .filter((place) => !placesIn(body).includes(place))
      .map((place) => ({ field: 'body', fault: 'missing', place }) as const),
  ]
}

function faultsOf(
  field: 'subject' | 'body',
  text: string,
  places: Template['places'],
  { most, isOneLine }: { readonly most: number; readonly isOneLine: boolean },
): TemplateFault[] {
  return [
    ...(text.trim() === '' ? [{ field, fault: 'empty', place: null } as const] : []),
    ...(text.length > most ? [{ field, fault: 'too_long', place: null } as const] : []),
    // What is no place at all: a brace left open, a name with a space in it. A subject and a paragraph are one line.
    ...(/[{}]/.test(text.replace(PLACE, '')) || (isOneLine && /[\r\n]/.test(text))
      ? [{ field, fault: 'broken', place: null } as const]
      : []),
    ...unknownPlaces(text, Object.keys(places)).map((place) => ({ field, fault: 'unknown', place }) as const),
  ]
}

/** Each once. */
export function unknownPlaces(text: string, known: readonly string[]): string[] {
  return [...new Set(placesIn(text))].filter((place) => !known.includes(place))
}

function placesIn(text: string): string[] {
  return [...text.matchAll(PLACE)].map((match) => match[1] ?? '')
}

/** With made-up values, as its reader will see it. */
export function sampleOf(kind: TextTemplateKind, { subject, body }: TextTemplate, language: Language): TextTemplate {
  const { places } = textTemplate(kind)
  const values = Object.fromEntries(Object.entries(places).map(([name, { sample }]) => [name, sample[language]]))
  return { subject: fill(subject, values), body: fill(body, values) }
}

/** The shops' customers: made-up people, the same ones on every run. Phones use exchanges that nobody has. */
import { chance, integerBetween, pick, type SeedPart } from '../random.ts'
import { BUILDINGS, PLACES, type Place } from './places.ts'

export type Addressee = {
  readonly name: string
  readonly kana: string
  readonly company: string
  readonly zip: string
  readonly address: string
  readonly phone: string
}
export type Person = Addressee & { readonly email: string }

type Name = readonly [kanji: string, kana: string, roman: string]

const SURNAMES: readonly Name[] = [
  ['佐藤', 'サトウ', 'sato'],
  ['鈴木', 'スズキ', 'suzuki'],
  ['高橋', 'タカハシ', 'takahashi'],
  ['髙橋', 'タカハシ', 'takahashi'],
  ['田中', 'タナカ', 'tanaka'],
  ['伊藤', 'イトウ', 'ito'],
  ['渡辺', 'ワタナベ', 'watanabe'],
  ['渡邊', 'ワタナベ', 'watanabe'],
  ['渡邉', 'ワタナベ', 'watanabe'],
  ['山本', 'ヤマモト', 'yamamoto'],
  ['中村', 'ナカムラ', 'nakamura'],
  ['小林', 'コバヤシ', 'kobayashi'],
  ['加藤', 'カトウ', 'kato'],
  ['吉田', 'ヨシダ', 'yoshida'],
  ['山田', 'ヤマダ', 'yamada'],
  ['佐々木', 'ササキ', 'sasaki'],
  ['山口', 'ヤマグチ', 'yamaguchi'],
  ['松本', 'マツモト', 'matsumoto'],
  ['井上', 'イノウエ', 'inoue'],
  ['木村', 'キムラ', 'kimura'],
  ['林', 'ハヤシ', 'hayashi'],
  ['斎藤', 'サイトウ', 'saito'],
  ['齋藤', 'サイトウ', 'saito'],
  ['齊藤', 'サイトウ', 'saito'],
  ['清水', 'シミズ', 'shimizu'],
  ['山崎', 'ヤマザキ', 'yamazaki'],
  ['山﨑', 'ヤマサキ', 'yamasaki'],
  ['森', 'モリ', 'mori'],
  ['池田', 'イケダ', 'ikeda'],
  ['橋本', 'ハシモト', 'hashimoto'],
  ['阿部', 'アベ', 'abe'],
  ['石川', 'イシカワ', 'ishikawa'],
  ['前田', 'マエダ', 'maeda'],
  ['藤田', 'フジタ', 'fujita'],
  ['小川', 'オガワ', 'ogawa'],
  ['岡田', 'オカダ', 'okada'],
  ['後藤', 'ゴトウ', 'goto'],
  ['長谷川', 'ハセガワ', 'hasegawa'],
  ['村上', 'ムラカミ', 'murakami'],
  ['近藤', 'コンドウ', 'kondo'],
  ['石井', 'イシイ', 'ishii'],
  ['坂本', 'サカモト', 'sakamoto'],
  ['遠藤', 'エンドウ', 'endo'],
  ['青木', 'アオキ', 'aoki'],
  ['藤井', 'フジイ', 'fujii'],
  ['西村', 'ニシムラ', 'nishimura'],
  ['福田', 'フクダ', 'fukuda'],
  ['太田', 'オオタ', 'ota'],
  ['三浦', 'ミウラ', 'miura'],
  ['岡本', 'オカモト', 'okamoto'],
  ['松田', 'マツダ', 'matsuda'],
  ['中川', 'ナカガワ', 'nakagawa'],
  ['原田', 'ハラダ', 'harada'],
  ['德永', 'トクナガ', 'tokunaga'],
  ['濵田', 'ハマダ', 'hamada'],
  ['黒﨑', 'クロサキ', 'kurosaki'],
  ['神﨑', 'カンザキ', 'kanzaki'],
  ['髙木', 'タカギ', 'takagi'],
  ['勅使河原', 'テシガワラ', 'teshigawara'],
  ['榊原', 'サカキバラ', 'sakakibara'],
  ['早乙女', 'サオトメ', 'saotome'],
  ['薬師寺', 'ヤクシジ', 'yakushiji'],
  ['五十嵐', 'イガラシ', 'igarashi'],
  ['彅野', 'ナギノ', 'nagino'],
  ['纐纈', 'コウケツ', 'koketsu'],
]

const GIVEN_NAMES: readonly Name[] = [
  ['花子', 'ハナコ', 'hanako'],
  ['太郎', 'タロウ', 'taro'],
  ['美咲', 'ミサキ', 'misaki'],
  ['陽子', 'ヨウコ', 'yoko'],
  ['恵子', 'ケイコ', 'keiko'],
  ['由美', 'ユミ', 'yumi'],
  ['直樹', 'ナオキ', 'naoki'],
  ['健一', 'ケンイチ', 'kenichi'],
  ['誠', 'マコト', 'makoto'],
  ['大輔', 'ダイスケ', 'daisuke'],
  ['翔太', 'ショウタ', 'shota'],
  ['さくら', 'サクラ', 'sakura'],
  ['葵', 'アオイ', 'aoi'],
  ['結衣', 'ユイ', 'yui'],
  ['和子', 'カズコ', 'kazuko'],
  ['幸子', 'サチコ', 'sachiko'],
  ['裕子', 'ユウコ', 'yuko'],
  ['真由美', 'マユミ', 'mayumi'],
  ['智子', 'トモコ', 'tomoko'],
  ['浩', 'ヒロシ', 'hiroshi'],
  ['隆', 'タカシ', 'takashi'],
  ['修', 'オサム', 'osamu'],
  ['千尋', 'チヒロ', 'chihiro'],
  ['遥', 'ハルカ', 'haruka'],
  ['涼子', 'リョウコ', 'ryoko'],
  ['瑠璃', 'ルリ', 'ruri'],
  ['龍之介', 'リュウノスケ', 'ryunosuke'],
  ['彩', 'アヤ', 'aya'],
  ['麻衣', 'マイ', 'mai'],
  ['拓也', 'タクヤ', 'takuya'],
  ['秀樹', 'ヒデキ', 'hideki'],
  ['徹', 'トオル', 'toru'],
  ['薫', 'カオル', 'kaoru'],
  ['凛', 'リン', 'rin'],
  ['蓮', 'レン', 'ren'],
  ['芳江', 'ヨシエ', 'yoshie'],
]

const COMPANIES: readonly string[] = [
  '㈱丸和商事',
  '合同会社ひより',
  '㈲木村工務店',
  '社会福祉法人あすなろ会',
  '喫茶①番',
]
const MAIL_DOMAINS = ['example.jp', 'example.com', 'mail.example.jp', 'example.ne.jp'] as const
const TOTAL_WEIGHT = PLACES.reduce((sum, place) => sum + place.weight, 0)

export function personOf(index: number): Person {
  const addressee = addresseeOf('person', index)
  const [, , roman] = surnameOf('person', index)
  const [, , given] = givenNameOf('person', index)
  const number = chance('mail.number', index) < 0.6 ? String(integerBetween(1, 99, 'mail', index)) : ''
  return { ...addressee, email: `${given}.${roman}${number}@${pick(MAIL_DOMAINS, 'mail.domain', index)}` }
}

/** Someone the goods are sent to who is not the buyer. */
export function recipientOf(orderNumber: string): Addressee {
  return addresseeOf('recipient', orderNumber)
}

function addresseeOf(kind: string, key: SeedPart): Addressee {
  const [surname, surnameKana] = surnameOf(kind, key)
  const [given, givenKana] = givenNameOf(kind, key)
  const place = placeOf(kind, key)
  return {
    name: `${surname} ${given}`,
    kana: `${surnameKana} ${givenKana}`,
    company: chance('company', kind, key) < 0.03 ? pick(COMPANIES, 'company', kind, key) : '',
    zip: place.zip,
    address: addressIn(place, kind, key),
    phone: phoneIn(place, kind, key),
  }
}

function surnameOf(kind: string, key: SeedPart): Name {
  // The square of a draw favours the front of the list, where the common names stand.
  const draw = chance('surname', kind, key)
  return SURNAMES[Math.floor(draw * draw * SURNAMES.length)]!
}

function givenNameOf(kind: string, key: SeedPart): Name {
  return pick(GIVEN_NAMES, 'given', kind, key)
}

function placeOf(kind: string, key: SeedPart): Place {
  let draw = chance('place', kind, key) * TOTAL_WEIGHT
  return PLACES.find((place) => (draw -= place.weight) < 0) ?? PLACES[0]!
}

function addressIn(place: Place, kind: string, key: SeedPart): string {
  const numbers = `${integerBetween(1, 5, 'chome', kind, key)}-${integerBetween(1, 28, 'ban', kind, key)}-${integerBetween(1, 20, 'go', kind, key)}`
  if (chance('flat', kind, key) < 0.45) return `${place.town}${numbers}`
  return `${place.town}${numbers} ${pick(BUILDINGS, 'building', kind, key)}${integerBetween(1, 12, 'floor', kind, key)}0${integerBetween(1, 8, 'room', kind, key)}`
}

/** No exchange starts with 0, so these numbers ring nowhere. */
function phoneIn(place: Place, kind: string, key: SeedPart): string {
  const digits = String(integerBetween(1_000_000, 9_999_999, 'phone', kind, key))
  if (place.area === '' || chance('mobile', kind, key) < 0.85)
    return `${pick(['070', '080', '090'], 'carrier', kind, key)}-0${digits.slice(0, 3)}-${digits.slice(3)}`
  const exchange = `0${digits.slice(0, 5 - place.area.length)}`
  return `${place.area}-${exchange}-${digits.slice(3)}`
}

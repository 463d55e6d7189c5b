/** The prefecture behind a postal code's first digits: a coarse check that finds swapped and mistyped codes, not a postal directory. */

const RANGES: readonly (readonly [first: number, last: number, prefecture: string])[] = [
  [1, 9, '北海道'],
  [10, 19, '秋田県'],
  [20, 29, '岩手県'],
  [30, 39, '青森県'],
  [40, 99, '北海道'],
  [100, 209, '東京都'],
  [210, 259, '神奈川県'],
  [260, 299, '千葉県'],
  [300, 319, '茨城県'],
  [320, 329, '栃木県'],
  [330, 369, '埼玉県'],
  [370, 379, '群馬県'],
  [380, 399, '長野県'],
  [400, 409, '山梨県'],
  [410, 439, '静岡県'],
  [440, 499, '愛知県'],
  [500, 509, '岐阜県'],
  [510, 519, '三重県'],
  [520, 529, '滋賀県'],
  [530, 599, '大阪府'],
  [600, 629, '京都府'],
  [630, 639, '奈良県'],
  [640, 649, '和歌山県'],
  [650, 679, '兵庫県'],
  [680, 689, '鳥取県'],
  [690, 699, '島根県'],
  [700, 719, '岡山県'],
  [720, 739, '広島県'],
  [740, 759, '山口県'],
  [760, 769, '香川県'],
  [770, 779, '徳島県'],
  [780, 789, '高知県'],
  [790, 799, '愛媛県'],
  [800, 839, '福岡県'],
  [840, 849, '佐賀県'],
  [850, 859, '長崎県'],
  [860, 869, '熊本県'],
  [870, 879, '大分県'],
  [880, 889, '宮崎県'],
  [890, 899, '鹿児島県'],
  [900, 909, '沖縄県'],
  [910, 919, '福井県'],
  [920, 929, '石川県'],
  [930, 939, '富山県'],
  [940, 959, '新潟県'],
  [960, 979, '福島県'],
  [980, 989, '宮城県'],
  [990, 999, '山形県'],
]

/** Post offices near a border deliver across it: codes that start like this prove nothing. */
const BORDER_PREFIXES = new Set([
  '018',
  '311',
  '349',
  '370',
  '384',
  '389',
  '431',
  '498',
  '520',
  '563',
  '618',
  '630',
  '647',
  '648',
  '684',
  '685',
  '811',
  '817',
  '839',
  '848',
  '871',
  '922',
  '939',
  '949',
])

export const PREFECTURES: readonly string[] = [...new Set(RANGES.map(([, , prefecture]) => prefecture))]

/** Undefined when no prefecture has such codes. `zip` has seven digits, with or without its hyphen. */
export function prefectureOfZip(zip: string): string | undefined {
  const prefix = Number(zip.slice(0, 3))
  return RANGES.find(([first, last]) => first <= prefix && prefix <= last)?.[2]
}

/** True when the address names another prefecture than its postal code does. An address without a prefecture is not judged. */
export function zipContradictsAddress(zip: string, address: string): boolean {
  if (BORDER_PREFIXES.has(zip.slice(0, 3))) return false
  const named = namedPrefecture(address)
  if (named === undefined) return false
  return prefectureOfZip(zip) !== named
}

/** The prefecture an address begins with. */
export function namedPrefecture(address: string): string | undefined {
  return PREFECTURES.find((prefecture) => address.startsWith(prefecture))
}

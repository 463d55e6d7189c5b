/** What the two shops sell. Prices include tax; food and drink carry the reduced rate. */

export type Item = {
  readonly name: string
  readonly priceYen: number
  readonly taxRateBp: 800 | 1000
  readonly weight: number
  readonly gift?: boolean
}

const FOOD = 800
const GOODS = 1000

/** A tea and sweets shop. */
const TEA_SHOP: readonly Item[] = [
  { name: '宇治煎茶 松の香 100g', priceYen: 1_296, taxRateBp: FOOD, weight: 9 },
  { name: '深蒸し煎茶 掛川 100g×3袋', priceYen: 3_240, taxRateBp: FOOD, weight: 7 },
  { name: '玉露 八女 50g', priceYen: 2_700, taxRateBp: FOOD, weight: 3 },
  { name: 'ほうじ茶ティーバッグ 50包', priceYen: 1_080, taxRateBp: FOOD, weight: 8 },
  { name: '抹茶 若竹 30g缶', priceYen: 2_160, taxRateBp: FOOD, weight: 5 },
  { name: '季節の上生菓子 6個', priceYen: 2_376, taxRateBp: FOOD, weight: 5 },
  { name: '栗羊羹 一棹', priceYen: 1_944, taxRateBp: FOOD, weight: 6 },
  { name: 'どら焼き 10個', priceYen: 2_268, taxRateBp: FOOD, weight: 7 },
  { name: '最中詰合せ 15個', priceYen: 3_348, taxRateBp: FOOD, weight: 5, gift: true },
  { name: '銘茶と羊羹の詰合せ「帳場」', priceYen: 5_400, taxRateBp: FOOD, weight: 5, gift: true },
  { name: '銘茶三缶 木箱入り', priceYen: 8_640, taxRateBp: FOOD, weight: 3, gift: true },
  { name: '特選玉露 桐箱入り', priceYen: 16_200, taxRateBp: FOOD, weight: 1, gift: true },
  { name: '常滑焼 急須 朱泥', priceYen: 7_480, taxRateBp: GOODS, weight: 2 },
  { name: '湯呑 五客揃', priceYen: 6_600, taxRateBp: GOODS, weight: 2 },
]

/** A household-goods outlet. */
const HOUSEHOLD_SHOP: readonly Item[] = [
  { name: '今治タオル フェイス 5枚組', priceYen: 4_400, taxRateBp: GOODS, weight: 8 },
  { name: '今治タオル バス 2枚組', priceYen: 5_280, taxRateBp: GOODS, weight: 6 },
  { name: '南部鉄器 すき焼鍋 26cm', priceYen: 9_680, taxRateBp: GOODS, weight: 3 },
  { name: '土鍋 8号 三島', priceYen: 6_380, taxRateBp: GOODS, weight: 4 },
  { name: '木曽檜 まな板 L', priceYen: 4_950, taxRateBp: GOODS, weight: 4 },
  { name: '三徳包丁 170mm', priceYen: 12_100, taxRateBp: GOODS, weight: 2 },
  { name: '琺瑯保存容器 3点', priceYen: 5_720, taxRateBp: GOODS, weight: 5 },
  { name: '白木の弁当箱 一段', priceYen: 3_850, taxRateBp: GOODS, weight: 5 },
  { name: '掃除機用紙パック 10枚×2', priceYen: 1_980, taxRateBp: GOODS, weight: 6 },
  { name: '羽毛肌掛け布団 シングル', priceYen: 14_800, taxRateBp: GOODS, weight: 2 },
  { name: 'い草ラグ 191×191', priceYen: 17_600, taxRateBp: GOODS, weight: 1 },
  { name: '会津塗 汁椀 ㈲木村 二客', priceYen: 6_820, taxRateBp: GOODS, weight: 3 },
  { name: '洗濯洗剤 詰替 1.2kg×4', priceYen: 2_640, taxRateBp: GOODS, weight: 7 },
  { name: '長期保存 備蓄おかゆ 24食', priceYen: 7_776, taxRateBp: FOOD, weight: 2 },
]

export const CATALOGUES: readonly (readonly Item[])[] = [TEA_SHOP, HOUSEHOLD_SHOP]

export const DELIVERY_FEE = { name: '配送料', priceYen: 660, taxRateBp: GOODS } as const
export const FREE_DELIVERY_FROM_YEN = 6_600
export const DISCOUNT = { name: '会員割引', taxRateBp: GOODS } as const
/** Net Protections does not take vouchers; an order for them is held (RE026). */
export const PROHIBITED_ITEM = { name: '全国共通 お茶商品券 5,000円', priceYen: 5_000, taxRateBp: GOODS } as const

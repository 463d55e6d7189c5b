/** Japanese names as often as they are met: the first of a list are common, the last are rare. */
import type { Random } from '../testing/random.ts'

const SURNAMES =
  '佐藤 サトウ,鈴木 スズキ,高橋 タカハシ,田中 タナカ,伊藤 イトウ,渡辺 ワタナベ,山本 ヤマモト,中村 ナカムラ,小林 コバヤシ,加藤 カトウ,吉田 ヨシダ,山田 ヤマダ,佐々木 ササキ,山口 ヤマグチ,松本 マツモト,井上 イノウエ,木村 キムラ,林 ハヤシ,斎藤 サイトウ,清水 シミズ,山崎 ヤマザキ,森 モリ,池田 イケダ,橋本 ハシモト,阿部 アベ,石川 イシカワ,山下 ヤマシタ,中島 ナカジマ,石井 イシイ,小川 オガワ,前田 マエダ,岡田 オカダ,長谷川 ハセガワ,藤田 フジタ,後藤 ゴトウ,近藤 コンドウ,村上 ムラカミ,遠藤 エンドウ,青木 アオキ,坂本 サカモト,福田 フクダ,太田 オオタ,西村 ニシムラ,藤井 フジイ,金子 カネコ,岡本 オカモト,藤原 フジワラ,三浦 ミウラ,中野 ナカノ,原田 ハラダ,松田 マツダ,竹内 タケウチ,上田 ウエダ,中山 ナカヤマ,和田 ワダ,森田 モリタ,髙橋 タカハシ,渡邊 ワタナベ,齋藤 サイトウ,山﨑 ヤマザキ,五十嵐 イガラシ,東海林 ショウジ,御手洗 ミタライ,長宗我部 チョウソカベ,勅使河原 テシガワラ,𠮷野 ヨシノ,鱸 スズキ,薬袋 ミナイ'.split(
    ',',
  )
const GIVEN_NAMES =
  '翔太 ショウタ,陽菜 ヒナ,大輔 ダイスケ,美咲 ミサキ,健一 ケンイチ,さくら サクラ,拓也 タクヤ,愛 アイ,直樹 ナオキ,花子 ハナコ,誠 マコト,由美子 ユミコ,翼 ツバサ,麻衣 マイ,和也 カズヤ,恵 メグミ,亮 リョウ,智子 トモコ,達也 タツヤ,裕子 ユウコ,浩 ヒロシ,久美子 クミコ,学 マナブ,真由美 マユミ,健太 ケンタ,彩 アヤ,隆 タカシ,幸子 サチコ,哲也 テツヤ,典子 ノリコ,蓮 レン,結衣 ユイ,湊 ミナト,葵 アオイ,悠真 ユウマ,凛 リン,一郎 イチロウ,あゆみ アユミ,龍之介 リュウノスケ,千代 チヨ,五郎左衛門 ゴロウザエモン'.split(
    ',',
  )

export type Name = { readonly name: string; readonly kana: string }

export function pickName(random: Random): Name {
  const [surname = '', surnameKana = ''] = pickSkewed(random, SURNAMES).split(' ')
  const [given = '', givenKana = ''] = pickSkewed(random, GIVEN_NAMES).split(' ')
  return { name: `${surname} ${given}`, kana: `${surnameKana} ${givenKana}` }
}

/** The lower of two draws: the head of the list comes up about twice as often as its share. */
export function pickSkewed<T>(random: Random, values: readonly T[]): T {
  return values[Math.min(random.below(values.length), random.below(values.length))] as T
}

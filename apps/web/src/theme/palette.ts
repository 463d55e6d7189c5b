/** Ten shades of each colour, even steps of lightness in OKLCH, so that shade 7 is readable on paper and shade 4 on ink. */
import type { MantineColorsTuple } from '@mantine/core'

/** 藍, hue 262: what can be acted on. */
export const indigo: MantineColorsTuple = [
  '#f0f5fe',
  '#dee8fb',
  '#c3d5f6',
  '#a0bbed',
  '#7d9edc',
  '#5b7fc2',
  '#4567a8',
  '#325392',
  '#254178',
  '#18315f',
]

/** 朱, hue 33: the seal, and what cannot wait. */
export const vermilion: MantineColorsTuple = [
  '#fff0ec',
  '#ffded6',
  '#ffc3b4',
  '#fd9d89',
  '#ee765d',
  '#d24f36',
  '#b6351b',
  '#9e1a00',
  '#820a00',
  '#670000',
]

/** Done. */
export const green: MantineColorsTuple = [
  '#eff7f0',
  '#ddeddf',
  '#c0ddc5',
  '#9bc8a3',
  '#75ae81',
  '#519160',
  '#397949',
  '#236436',
  '#165128',
  '#093e1b',
]

/** 墨 on paper: the warm neutrals of the light scheme. */
export const gray: MantineColorsTuple = [
  '#f7f5f0',
  '#f1eee6',
  '#e6e2d8',
  '#d8d3c7',
  '#c2bcae',
  '#a39c8f',
  '#7d776b',
  '#5f5b54',
  '#3d3a35',
  '#1d1c1a',
]

/** The neutrals of the dark scheme, text first, page last. */
export const dark: MantineColorsTuple = [
  '#e9e6df',
  '#c9c4ba',
  '#a49e92',
  '#7a756b',
  '#45423d',
  '#34322e',
  '#242220',
  '#1b1a18',
  '#141311',
  '#0e0d0c',
]

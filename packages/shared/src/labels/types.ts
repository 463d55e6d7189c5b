/** The shape every language fills: the groups and keys of the Japanese labels. */
import type { ja } from './ja.ts'

export type Words<T> = { readonly [Group in keyof T]: { readonly [Key in keyof T[Group]]: string } }
export type Labels = Words<typeof ja>
export type LabelGroup = keyof Labels

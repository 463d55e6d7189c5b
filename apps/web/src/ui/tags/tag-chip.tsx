/** A word of the merchant's own, in its colour. */
import type { TagRow } from '@choba/shared/contracts/tags.ts'
import styles from './tags.module.css'

export function TagChip({ tag }: { readonly tag: Pick<TagRow, 'name' | 'colour' | 'isArchived'> }) {
  return (
    <span className={`${styles.chip} ${styles[tag.colour]} ${tag.isArchived ? styles.archived : ''}`} title={tag.name}>
      {tag.name}
    </span>
  )
}

/** In one line; what does not fit is cut off. */
export function TagChips({ tags }: { readonly tags: readonly TagRow[] }) {
  return (
    <span className={styles.chips}>
      {tags.map((tag) => (
        <TagChip key={tag.id} tag={tag} />
      ))}
    </span>
  )
}

/** Tags of the rows chosen in the ledger: each is put on all of them, or taken off. */
import { Button, Popover } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconTag } from '@tabler/icons-react'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../../api/api-error.ts'
import { useMay } from '../../../api/session.ts'
import { useMark, useTags } from '../../../api/use-tags.ts'
import { useWords } from '../../../i18n/language.ts'
import { Failure } from '../../../ui/feedback/failure.tsx'
import { formatCount } from '../../../ui/money/format-yen.ts'
import { TagChip } from '../../../ui/tags/tag-chip.tsx'
import styles from '../../../ui/tags/tags.module.css'
import { NoTags } from './no-tags.tsx'

export function MarkSelected({ ids }: { readonly ids: ReadonlySet<string> }) {
  const { tags: words } = useWords()
  const mayWrite = useMay('notes.write')
  const { all } = useTags()
  const marking = useMark((changed) =>
    notifications.show({
      message: changed === 0 ? words.unchanged : fill(words.changed, { count: formatCount(changed) }),
    }),
  )
  function mark(wish: { readonly add: string[]; readonly remove: string[] }): void {
    marking.mutate({ paymentIds: [...ids], ...wish })
  }
  return (
    <Popover position="bottom-start" trapFocus width={320}>
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconTag size={13} aria-hidden="true" />}
          aria-label={words.edit_selected}
          disabled={!mayWrite}
          title={mayWrite ? undefined : words.may_not}
        >
          {words.edit_short}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.edit_selected}>
        {all.length === 0 ? <NoTags /> : null}
        <div className={styles.menu}>
          {all.map((tag) => (
            <div key={tag.id} className={styles.row}>
              <TagChip tag={tag} />
              <span className={styles.buttons}>
                {tag.isArchived ? null : (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={fill(words.put_on_of, { name: tag.name })}
                    disabled={marking.isPending}
                    onClick={() => mark({ add: [tag.id], remove: [] })}
                  >
                    {words.put_on}
                  </Button>
                )}
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="gray"
                  aria-label={fill(words.take_off_of, { name: tag.name })}
                  disabled={marking.isPending}
                  onClick={() => mark({ add: [], remove: [tag.id] })}
                >
                  {words.take_off}
                </Button>
              </span>
            </div>
          ))}
        </div>
        <Failure failed={failedOf(marking.error)} />
      </Popover.Dropdown>
    </Popover>
  )
}

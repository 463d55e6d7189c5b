/** The merchant's own tags: made, renamed, their use ended and begun again. */
import { Button } from '@mantine/core'
import { IconPlus, IconTag } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type TagRow, tags } from '@choba/shared/contracts/tags.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useMay } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { ConfirmDialog } from '../../ui/feedback/confirm-dialog.tsx'
import { Failure } from '../../ui/feedback/failure.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { useSetting } from '../../ui/feedback/use-setting.ts'
import { TagChip } from '../../ui/tags/tag-chip.tsx'
import tagStyles from '../../ui/tags/tags.module.css'
import { ReadPage } from './read-page.tsx'
import styles from './settings.module.css'
import { TagDialog } from './tag-dialog.tsx'

export function TagsPage() {
  const words = useWords()
  const mayMake = useMay('settings.manage')
  const refused = mayMake ? {} : { disabled: true, title: words.tags.ask_admin }
  const [open, setOpen] = useState<TagRow | 'new' | null>(null)
  const [ending, setEnding] = useState<TagRow | null>(null)
  const putting = useSetting(
    ({ id, ...content }: TagRow) => call(tags.put, { id, body: content }),
    () => setEnding(null),
  )
  return (
    <ReadPage
      title={words.tags.title}
      lead={words.tags.lead}
      contract={tags.list}
      action={
        <Button leftSection={<IconPlus size={16} aria-hidden="true" />} {...refused} onClick={() => setOpen('new')}>
          {words.tags.new}
        </Button>
      }
    >
      {({ items }) => (
        <>
          {items.length === 0 ? (
            <Notice icon={IconTag} title={words.tags.none_title} text={words.tags.none_text} />
          ) : null}
          <ul className={styles.list}>
            {items.map((tag) => (
              <li key={tag.id} className={styles.line}>
                <span className={tagStyles.name}>
                  <TagChip tag={tag} />
                  {tag.isArchived ? <span className="soft">{words.tags.archived}</span> : null}
                </span>
                <span className={tagStyles.buttons}>
                  <Link
                    to="/payments"
                    search={{ tag: [tag.id] }}
                    className="link-button"
                    aria-label={fill(words.tags.see_of, { name: tag.name })}
                  >
                    {words.tags.see}
                  </Link>
                  <Button
                    size="compact-xs"
                    variant="default"
                    {...refused}
                    aria-label={fill(words.tags.change_of, { name: tag.name })}
                    onClick={() => setOpen(tag)}
                  >
                    {words.tags.change}
                  </Button>
                  <Button
                    size="compact-xs"
                    variant="default"
                    {...refused}
                    aria-label={fill(tag.isArchived ? words.tags.restore_of : words.tags.archive_of, {
                      name: tag.name,
                    })}
                    onClick={() => (tag.isArchived ? putting.mutate({ ...tag, isArchived: false }) : setEnding(tag))}
                  >
                    {tag.isArchived ? words.tags.restore : words.tags.archive}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
          {open === null ? null : <TagDialog known={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
          {ending === null ? (
            <Failure failed={failedOf(putting.error)} />
          ) : (
            <ConfirmDialog
              title={fill(words.tags.archive_of, { name: ending.name })}
              text={words.tags.archive_text}
              doIt={words.tags.archive}
              isBusy={putting.isPending}
              failed={failedOf(putting.error)}
              onDo={() => putting.mutate({ ...ending, isArchived: true })}
              onClose={() => setEnding(null)}
            />
          )}
        </>
      )}
    </ReadPage>
  )
}

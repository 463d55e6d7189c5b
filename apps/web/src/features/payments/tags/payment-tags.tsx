/** The tags of one payment under its number; pressing the button puts them on and takes them off. */
import { Button, Checkbox, Popover } from '@mantine/core'
import { IconTag } from '@tabler/icons-react'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import { failedOf } from '../../../api/api-error.ts'
import { useMay } from '../../../api/session.ts'
import { useMark, useTags } from '../../../api/use-tags.ts'
import { useWords } from '../../../i18n/language.ts'
import { Failure } from '../../../ui/feedback/failure.tsx'
import { TagChip } from '../../../ui/tags/tag-chip.tsx'
import styles from '../../../ui/tags/tags.module.css'
import { NoTags } from './no-tags.tsx'

export function PaymentTags({ payment }: { readonly payment: PaymentRow }) {
  const { tags: words } = useWords()
  const mayWrite = useMay('notes.write')
  const { all, named } = useTags()
  const marking = useMark(() => undefined)
  const offered = all.filter((tag) => !tag.isArchived || payment.tags.includes(tag.id))

  function toggle(id: string): void {
    const isOn = payment.tags.includes(id)
    marking.mutate({ paymentIds: [payment.id], add: isOn ? [] : [id], remove: isOn ? [id] : [] })
  }
  return (
    <div className={styles.line}>
      {named(payment.tags).map((tag) => (
        <TagChip key={tag.id} tag={tag} />
      ))}
      <Popover position="bottom-start" trapFocus width={260}>
        <Popover.Target>
          <Button
            className="no-print"
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconTag size={13} aria-hidden="true" />}
            aria-label={words.edit}
            disabled={!mayWrite}
            title={mayWrite ? undefined : words.may_not}
          >
            {words.edit_short}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={words.edit}>
          {offered.length === 0 ? <NoTags /> : null}
          <div className={styles.menu} role="group" aria-label={words.edit}>
            {offered.map((tag) => (
              <Checkbox
                key={tag.id}
                size="xs"
                label={<TagChip tag={tag} />}
                checked={payment.tags.includes(tag.id)}
                disabled={marking.isPending}
                onChange={() => toggle(tag.id)}
              />
            ))}
          </div>
          <Failure failed={failedOf(marking.error)} />
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}

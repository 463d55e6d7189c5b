/** How much was said to me or given to me that I have not read, and a way to it. */
import { Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { IconBell } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { inbox } from '@choba/shared/contracts/notes.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useRefresh } from '../api/pages.ts'
import { q } from '../api/q.ts'
import { useWords } from '../i18n/language.ts'
import { formatCount } from '../ui/money/format-yen.ts'
import styles from './shell.module.css'

const InboxList = lazy(() => import('./inbox-list.tsx').then((module) => ({ default: module.InboxList })))

export function InboxBell() {
  const words = useWords()
  const [isOpen, { toggle, close }] = useDisclosure(false)
  const unread = useQuery({ ...q(inbox.get, {}), select: (data) => data.unread }).data ?? 0
  useRefresh([inbox.get.path])
  const name =
    unread === 0
      ? words.inbox.title
      : `${words.inbox.title} ${fill(words.inbox.unread, { count: formatCount(unread) })}`
  return (
    <Popover opened={isOpen} onChange={toggle} position="bottom-end" width={340} trapFocus>
      <Popover.Target>
        <button type="button" className={styles.work} aria-label={name} title={name} onClick={toggle}>
          <IconBell size={18} stroke={1.7} aria-hidden="true" />
          {unread > 0 ? (
            <span className={styles.count} style={{ marginLeft: 0 }} aria-hidden="true">
              {formatCount(unread)}
            </span>
          ) : null}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.inbox.title} p={0}>
        <Suspense fallback={null}>{isOpen ? <InboxList onLeave={close} /> : null}</Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}

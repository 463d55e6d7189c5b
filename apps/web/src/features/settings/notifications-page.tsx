/** Which happenings are told to whom, and how: the merchant's rules, made, changed, rested and removed. */
import { Button } from '@mantine/core'
import { IconBell, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type NotificationRule, notificationRules } from '@choba/shared/contracts/notifications.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'
import { ConfirmDialog } from '../../ui/feedback/confirm-dialog.tsx'
import { Failure } from '../../ui/feedback/failure.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { useSetting } from '../../ui/feedback/use-setting.ts'
import { NotificationDialog } from './notification-dialog.tsx'
import { NotificationLine } from './notification-line.tsx'
import { ReadPage } from './read-page.tsx'
import styles from './settings.module.css'

export function NotificationsPage() {
  const words = useWords()
  const [open, setOpen] = useState<NotificationRule | 'new' | null>(null)
  const [removed, setRemoved] = useState<NotificationRule | null>(null)
  const resting = useSetting(({ id, kind: _, ...what }: NotificationRule) =>
    call(notificationRules.change, { id, body: { ...what, isActive: !what.isActive } }),
  )
  const removing = useSetting(
    ({ id }: NotificationRule) => call(notificationRules.remove, { id }),
    () => setRemoved(null),
  )
  return (
    <ReadPage
      title={words.notifications.title}
      lead={words.notifications.lead}
      contract={notificationRules.list}
      action={
        <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setOpen('new')}>
          {words.notifications.new}
        </Button>
      }
    >
      {(view) => (
        <>
          {view.hasMail ? null : (
            <p className="soft">
              {words.notifications.no_mail}{' '}
              <Link to="/settings/mail" className="link-button">
                {words.notifications.set_up_mail}
              </Link>
            </p>
          )}
          <Failure failed={failedOf(resting.error)} />
          {view.rules.length === 0 ? (
            <Notice icon={IconBell} title={words.notifications.none_title} text={words.notifications.none_text} />
          ) : null}
          <ul className={styles.list}>
            {view.rules.map((rule) => (
              <NotificationLine
                key={rule.id}
                rule={rule}
                view={view}
                onChange={() => setOpen(rule)}
                onRest={() => resting.mutate(rule)}
                onRemove={() => setRemoved(rule)}
              />
            ))}
          </ul>
          {open === null ? null : (
            <NotificationDialog known={open === 'new' ? null : open} view={view} onClose={() => setOpen(null)} />
          )}
          {removed === null ? null : (
            <ConfirmDialog
              title={fill(words.notifications.remove_of, { name: words.notification_kind[removed.kind] })}
              text={words.notifications.remove_text}
              doIt={words.notifications.remove}
              isBusy={removing.isPending}
              failed={failedOf(removing.error)}
              onDo={() => removing.mutate(removed)}
              onClose={() => setRemoved(null)}
            />
          )}
        </>
      )}
    </ReadPage>
  )
}

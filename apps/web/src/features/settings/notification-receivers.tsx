/** To whom a rule tells: roles, members, and whoever asked for it. */
import { Checkbox } from '@mantine/core'
import type { NotificationRuleChange, NotificationRulesView } from '@choba/shared/contracts/notifications.ts'
import { type NotificationKind, notificationKind } from '@choba/shared/notification-kinds.ts'
import { allows, ROLES } from '@choba/shared/permissions.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './notifications.module.css'

type NotificationReceiversProps = {
  readonly kind: NotificationKind
  readonly wish: NotificationRuleChange
  readonly view: NotificationRulesView
  readonly error: string | null
  readonly onChange: (part: Partial<NotificationRuleChange>) => void
}

export function NotificationReceivers({ kind, wish, view, error, onChange }: NotificationReceiversProps) {
  const words = useWords()
  const { permission, hasActor } = notificationKind(kind)
  const roles = [
    ...ROLES.map((id) => ({ id, name: words.role[id], may: allows(id, permission) })),
    ...view.roles.map(({ id, name, kinds }) => ({ id, name, may: kinds.includes(kind) })),
  ]
  const people = view.people.map(({ id, name, kinds }) => ({ id, name, may: kinds.includes(kind) }))
  // One who was named before their rights changed can still be taken off.
  const choice = ({ id, name, may }: (typeof people)[number], named: readonly string[]) => (
    <Checkbox
      key={id}
      size="xs"
      value={id}
      label={name}
      disabled={!may && !named.includes(id)}
      description={may ? undefined : words.notifications.may_not}
    />
  )
  return (
    <>
      <Checkbox.Group
        label={words.notifications.roles}
        value={[...wish.roles]}
        error={error}
        onChange={(value) => onChange({ roles: value as NotificationRuleChange['roles'] })}
      >
        <div className={styles.choices}>{roles.map((role) => choice(role, wish.roles))}</div>
      </Checkbox.Group>
      <Checkbox.Group
        label={words.notifications.people}
        value={[...wish.userIds]}
        onChange={(userIds) => onChange({ userIds })}
      >
        <div className={`${styles.choices} ${styles.many}`}>{people.map((each) => choice(each, wish.userIds))}</div>
      </Checkbox.Group>
      {hasActor ? (
        <Checkbox
          size="xs"
          label={words.notifications.to_actor}
          checked={wish.toActor}
          onChange={(event) => onChange({ toActor: event.currentTarget.checked })}
        />
      ) : null}
    </>
  )
}

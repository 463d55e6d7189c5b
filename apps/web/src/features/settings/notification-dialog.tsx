/** A rule: what is told, from when on, to whom and how. Whoever may not see a happening cannot be named for it. */
import { Checkbox, Modal, NativeSelect, NumberInput, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import {
  MOST_NOTIFICATION_DAYS,
  MOST_NOTIFICATION_YEN,
  type NotificationRule,
  type NotificationRuleChange,
  notificationRules,
  type NotificationRulesView,
} from '@choba/shared/contracts/notifications.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { NOTIFICATION_KIND_NAMES, type NotificationKind, notificationKind } from '@choba/shared/notification-kinds.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { DialogEnd } from '../../ui/feedback/dialog-end.tsx'
import { useSetting } from '../../ui/feedback/use-setting.ts'
import { NotificationReceivers } from './notification-receivers.tsx'
import { NotificationWays } from './notification-ways.tsx'
import styles from './notifications.module.css'

type NotificationDialogProps = {
  readonly known: NotificationRule | null
  readonly view: NotificationRulesView
  readonly onClose: () => void
}

const EMPTY: NotificationRuleChange = {
  isActive: true,
  fromYen: null,
  days: null,
  shopIds: null,
  roles: [],
  userIds: [],
  toActor: false,
  inInbox: true,
  byMail: false,
  digestHour: null,
}

export function NotificationDialog({ known, view, onClose }: NotificationDialogProps) {
  const words = useWords()
  const { shops } = useSession()
  // One id for all tries, so that a repeat makes no second rule.
  const [id] = useState(() => known?.id ?? crypto.randomUUID())
  const [kind, setKind] = useState<NotificationKind>(known?.kind ?? 'screening_on_hold')
  const [wish, setWish] = useState<NotificationRuleChange>(() => draftOf(known, view))
  const [isTried, setTried] = useState(false)
  const { days: usualDays, hasAmount, hasShop } = notificationKind(kind)
  const body = { ...wish, days: usualDays === undefined ? null : (wish.days ?? usualDays) }
  const saving = useSetting(
    () =>
      known === null
        ? call(notificationRules.create, { body: { id, kind, ...body } })
        : call(notificationRules.change, { id, body }),
    onClose,
  )
  const isToSomebody = wish.roles.length > 0 || wish.userIds.length > 0 || wish.toActor
  const isSomehow = wish.inInbox || wish.byMail
  const isShops = wish.shopIds === null || wish.shopIds.length > 0
  const change = (part: Partial<NotificationRuleChange>) => setWish({ ...wish, ...part })
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (isToSomebody && isSomehow && isShops) saving.mutate(undefined)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={
        known === null
          ? words.notifications.new
          : fill(words.notifications.change_of, { name: words.notification_kind[kind] })
      }
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          {known === null ? (
            <NativeSelect
              label={words.notifications.what}
              data-autofocus
              value={kind}
              data={NOTIFICATION_KIND_NAMES.map((value) => ({ value, label: words.notification_kind[value] }))}
              onChange={(event) => {
                const chosen = NOTIFICATION_KIND_NAMES.find((each) => each === event.currentTarget.value) ?? kind
                setKind(chosen)
                setWish({ ...EMPTY, inInbox: wish.inInbox, byMail: wish.byMail, digestHour: wish.digestHour })
              }}
            />
          ) : null}
          {usualDays === undefined ? null : (
            <NumberInput
              label={kind === 'approval_lapsing' ? words.notifications.days_left : words.notifications.days}
              min={0}
              max={MOST_NOTIFICATION_DAYS}
              clampBehavior="strict"
              allowDecimal={false}
              allowNegative={false}
              value={body.days ?? 0}
              onChange={(value) => change({ days: typeof value === 'number' ? value : 0 })}
            />
          )}
          {hasAmount ? (
            <NumberInput
              label={words.notifications.from_yen}
              description={words.notifications.from_yen_hint}
              min={0}
              max={MOST_NOTIFICATION_YEN}
              clampBehavior="strict"
              thousandSeparator=","
              allowDecimal={false}
              allowNegative={false}
              value={wish.fromYen ?? ''}
              onChange={(value) => change({ fromYen: typeof value === 'number' ? value : null })}
            />
          ) : null}
          {hasShop && shops.length > 1 ? (
            <Checkbox.Group
              label={words.notifications.shops}
              value={[...(wish.shopIds ?? shops.map((shop) => shop.id))]}
              error={isTried && !isShops ? words.notifications.shops_missing : null}
              // All of them are those of tomorrow too.
              onChange={(value) => change({ shopIds: value.length === shops.length ? null : value })}
            >
              <div className={styles.choices}>
                {shops.map((shop) => (
                  <Checkbox key={shop.id} size="xs" value={shop.id} label={shop.name} />
                ))}
              </div>
            </Checkbox.Group>
          ) : null}
          <NotificationReceivers
            kind={kind}
            wish={wish}
            view={view}
            error={isTried && !isToSomebody ? words.notifications.nobody_named : null}
            onChange={change}
          />
          <NotificationWays
            wish={wish}
            hasMail={view.hasMail}
            error={isTried && !isSomehow ? words.notifications.no_way : null}
            onChange={change}
          />
          <DialogEnd
            failed={failedOf(saving.error)}
            submit={words.notifications.save}
            isBusy={saving.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  )
}

/** Who left since is left out: a change names members of today. */
function draftOf(known: NotificationRule | null, { people, roles }: NotificationRulesView): NotificationRuleChange {
  if (known === null) return EMPTY
  const { id: _, kind: _kind, ...what } = known
  return {
    ...what,
    userIds: what.userIds.filter((userId) => people.some((person) => person.id === userId)),
    roles: what.roles.filter((role) => !role.includes('-') || roles.some((own) => own.id === role)),
  }
}

/** One rule in words: what, from when on, to whom, how. */
import { Button } from '@mantine/core'
import type { NotificationRule, NotificationRulesView } from '@choba/shared/contracts/notifications.ts'
import { fill, type Language } from '@choba/shared/labels/labels.ts'
import type { Labels } from '@choba/shared/labels/types.ts'
import { ROLES } from '@choba/shared/permissions.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import tagStyles from '../../ui/tags/tags.module.css'
import styles from './notifications.module.css'
import settingStyles from './settings.module.css'

type NotificationLineProps = {
  readonly rule: NotificationRule
  readonly view: NotificationRulesView
  readonly onChange: () => void
  readonly onRest: () => void
  readonly onRemove: () => void
}

export function NotificationLine({ rule, view, onChange, onRest, onRemove }: NotificationLineProps) {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const name = words.notification_kind[rule.kind]
  const when = conditionsOf(rule, words, shops, language)
  const receivers = receiversOf(rule, view, words, language)
  const { notifications: own } = words
  const buttons = [
    { text: own.change, label: own.change_of, onClick: onChange },
    rule.isActive
      ? { text: own.rest, label: own.rest_of, onClick: onRest }
      : { text: own.begin, label: own.begin_of, onClick: onRest },
    { text: own.remove, label: own.remove_of, onClick: onRemove },
  ]
  return (
    <li className={`${settingStyles.line} ${styles.rule}`} data-resting={!rule.isActive}>
      <span className={styles.what}>
        <strong>{name}</strong>
        {rule.isActive ? null : <span className="soft"> {own.resting}</span>}
        {when === '' ? null : <span className={styles.part}>{when}</span>}
        <span className={styles.part}>
          {receivers} — {waysOf(rule, words, language)}
        </span>
      </span>
      <span className={tagStyles.buttons}>
        {buttons.map(({ text, label, onClick }) => (
          <Button key={text} size="compact-xs" variant="default" aria-label={fill(label, { name })} onClick={onClick}>
            {text}
          </Button>
        ))}
      </span>
    </li>
  )
}

type Shops = ReadonlyArray<{ readonly id: string; readonly name: string }>

function conditionsOf(rule: NotificationRule, words: Labels, shops: Shops, language: Language): string {
  return [
    rule.days === null || rule.days === 0 ? null : daysOf(rule, words),
    rule.fromYen === null ? null : fill(words.notifications.from, { amount: formatYen(rule.fromYen) }),
    rule.shopIds?.map((id) => shops.find((shop) => shop.id === id)?.name ?? id).join(separatorIn(language)),
  ]
    .filter((part) => typeof part === 'string')
    .join(separatorIn(language))
}

function daysOf({ kind, days }: NotificationRule, words: Labels): string {
  const sentence = kind === 'approval_lapsing' ? words.notifications.days_before : words.notifications.days_after
  return fill(sentence, { days: days ?? 0 })
}

/** Who left, or a role that was removed, is named no more. */
function receiversOf(rule: NotificationRule, view: NotificationRulesView, words: Labels, language: Language): string {
  const names = [
    ...ROLES.filter((role) => rule.roles.includes(role)).map((role) => words.role[role]),
    ...view.roles.filter(({ id }) => rule.roles.includes(id)).map(({ name }) => name),
    ...view.people.filter(({ id }) => rule.userIds.includes(id)).map(({ name }) => name),
    ...(rule.toActor ? [words.notifications.actor] : []),
  ]
  return names.length === 0 ? words.notifications.nobody : names.join(separatorIn(language))
}

function waysOf({ inInbox, byMail, digestHour }: NotificationRule, words: Labels, language: Language): string {
  const { notifications } = words
  const mail = digestHour === null ? notifications.mail_now : fill(notifications.mail_daily, { hour: digestHour })
  return [...(inInbox ? [notifications.inbox] : []), ...(byMail ? [mail] : [])].join(separatorIn(language))
}

/** A status is an icon and a word on a tint; colour alone says nothing. */
import {
  IconAlertTriangle,
  IconArrowRight,
  IconCheck,
  IconClock,
  IconSlash,
  type TablerIcon,
} from '@tabler/icons-react'
import { label, type Language } from '@choba/shared/labels/labels.ts'
import { type PaymentStatus, STATUS_TONE } from '@choba/shared/states/payment.ts'
import styles from './status.module.css'

type Tone = (typeof STATUS_TONE)[PaymentStatus]

const ICONS: Readonly<Record<Tone, TablerIcon>> = {
  waiting: IconClock,
  needs_you: IconAlertTriangle,
  in_motion: IconArrowRight,
  done: IconCheck,
  ended: IconSlash,
}

export function StatusBadge({ status, language }: { readonly status: PaymentStatus; readonly language: Language }) {
  return <ToneBadge tone={STATUS_TONE[status]} word={label(language, 'status', status)} />
}

export function ToneBadge({ tone, word }: { readonly tone: Tone; readonly word: string }) {
  const Icon = ICONS[tone]
  return (
    <span className={`${styles.badge} ${styles[tone]}`}>
      <Icon size={13} stroke={2.2} aria-hidden="true" />
      <span className={styles.word}>{word}</span>
    </span>
  )
}

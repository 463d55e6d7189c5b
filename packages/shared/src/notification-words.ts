/** What one thing told is about, in words: the console and the mail say the same. */
import type { NotificationKind } from './notification-kinds.ts'
import { label, type Language } from './labels/labels.ts'

/** Files, statements and webhooks have names of their own; the rest is a code. */
const GROUPS: Partial<Readonly<Record<NotificationKind, string>>> = {
  approval_asked: 'action',
  message_stuck: 'provider',
  connection_failing: 'provider',
  export_failed: 'export_of',
  export_finished: 'export_of',
}

export function notificationAbout(language: Language, kind: NotificationKind, about: string): string {
  const group = GROUPS[kind]
  return group === undefined ? about : label(language, group, about)
}

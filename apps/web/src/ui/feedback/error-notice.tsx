/** An error in words: the cause, what to do, and a support code that leads to the log line. */
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { label, type Language } from '@choba/shared/labels/labels.ts'
import { Notice } from './notice.tsx'

type ErrorNoticeProps = {
  readonly code: string
  readonly requestId: string | null
  readonly language: Language
  /** What could not be done; the cause follows it. */
  readonly title?: string
  readonly onRetry?: () => void
}

export function ErrorNotice({ code, requestId, language, title, onRetry }: ErrorNoticeProps) {
  const cause = label(language, 'error', code)
  const advice = label(language, 'error_advice', code)
  const support = requestId === null ? null : `${label(language, 'app', 'support_code')} ${requestId}`
  const text = title === undefined ? advice : `${cause}${language === 'ja' ? '。' : '. '}${advice}`
  return (
    <Notice icon={IconAlertTriangle} urgent title={title ?? cause} text={text} code={support}>
      {onRetry ? (
        <Button variant="default" onClick={onRetry}>
          {label(language, 'app', 'retry')}
        </Button>
      ) : null}
    </Notice>
  )
}

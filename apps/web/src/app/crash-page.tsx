/** What stands where a screen failed: a refusal in its words, or a plain apology with a way on. */
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { ApiError } from '../api/api-error.ts'
import { useLanguage, useWords } from '../i18n/language.ts'
import { ErrorNotice } from '../ui/feedback/error-notice.tsx'
import { Notice } from '../ui/feedback/notice.tsx'

export function CrashPage({ error }: ErrorComponentProps) {
  const language = useLanguage()
  const { app } = useWords()
  const reload = () => window.location.reload()
  if (error instanceof ApiError)
    return <ErrorNotice code={error.code} requestId={error.requestId} language={language} onRetry={reload} />
  return (
    <Notice
      icon={IconAlertTriangle}
      urgent
      title={app.crash_title}
      text={app.crash_text}
      code={error instanceof Error ? error.name : null}
    >
      <Button variant="default" onClick={reload}>
        {app.reload}
      </Button>
    </Notice>
  )
}

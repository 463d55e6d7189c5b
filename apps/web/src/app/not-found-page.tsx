import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useWords } from '../i18n/language.ts'
import { Notice } from '../ui/feedback/notice.tsx'

export function NotFoundPage() {
  const { app } = useWords()
  return (
    <Notice icon={IconMapOff} title={app.not_found_title} text={app.not_found_text}>
      <Button component={Link} to="/" variant="default">
        {app.back_to_list}
      </Button>
    </Notice>
  )
}

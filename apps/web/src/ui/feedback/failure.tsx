/** What went wrong with the change above it, and what to do about it. */
import { Alert } from '@mantine/core'
import { label, type Language } from '@choba/shared/labels/labels.ts'
import { useLanguage } from '../../i18n/language.ts'

/** An error of the API, as far as a screen tells of it. */
export type Failed = { readonly code: string }

export function failureText(language: Language, { code }: Failed): string {
  return `${label(language, 'error', code)} ${label(language, 'error_advice', code)}`
}

export function Failure({ failed }: { readonly failed: Failed | null }) {
  const language = useLanguage()
  return failed === null ? null : <FailureText text={failureText(language, failed)} />
}

export function FailureText({ text }: { readonly text: string }) {
  return (
    <Alert color="vermilion" variant="light" role="alert">
      {text}
    </Alert>
  )
}

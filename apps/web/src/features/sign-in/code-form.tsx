/** After the password: the code of the app, or one of the backup codes. */
import { Alert, Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { fill } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { signInWithCode } from '../../api/sign-in.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './sign-in.module.css'

type CodeFormProps = { readonly onEntered: () => Promise<void>; readonly onAgain: () => void }

export function CodeForm({ onEntered, onAgain }: CodeFormProps) {
  const { sign_in: words } = useWords()
  const [isBackup, setBackup] = useState(false)
  const [code, setCode] = useState('')
  const [isTried, setTried] = useState(false)
  const sending = useMutation({ mutationFn: () => signInWithCode(code.trim(), isBackup), onSuccess: onEntered })

  function say(error: unknown): string {
    const { code: refusal, retryAfterSeconds } = asApiError(error)
    return refusal === 'auth.too_many_attempts'
      ? fill(words.too_many, { seconds: retryAfterSeconds ?? 60 })
      : words.code_wrong
  }
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (code.trim() !== '') sending.mutate()
      }}
    >
      {sending.isError ? (
        <Alert color="vermilion" variant="light" role="alert">
          {say(sending.error)}
        </Alert>
      ) : null}
      <TextInput
        key={String(isBackup)}
        label={isBackup ? words.backup_code : words.code}
        {...(!isBackup && { description: words.code_text, inputMode: 'numeric' as const, maxLength: 6 })}
        autoComplete="one-time-code"
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        {...(isTried && code.trim() === '' && { error: words.code_missing })}
      />
      <Button type="submit" fullWidth size="md" loading={sending.isPending}>
        {words.submit}
      </Button>
      <div className={styles.others}>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            setBackup(!isBackup)
            setCode('')
            setTried(false)
          }}
        >
          {isBackup ? words.use_app : words.use_backup}
        </Button>
        <Button variant="subtle" size="compact-sm" color="gray" onClick={onAgain}>
          {words.again}
        </Button>
      </div>
    </form>
  )
}

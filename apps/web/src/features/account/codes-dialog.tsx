/** The password, the picture for the app, the first code, then the backup codes. */
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { renderSVG } from 'uqr'
import { security } from '@choba/shared/contracts/security.ts'
import { call } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './account.module.css'
import { AccountDialog, Failure, PasswordFirst } from './account-section.tsx'
import { BackupCodes } from './backup-codes.tsx'
import { useAccountChange } from './use-account.ts'

export function CodesDialog({ onClose }: { readonly onClose: () => void }) {
  const { own_security: words } = useWords()
  const [isConfirmed, setConfirmed] = useState(false)
  const starting = useMutation({
    mutationFn: (password: string) => call(security.startCodes, { body: { password } }),
  })

  function step() {
    if (starting.data === undefined)
      return (
        <PasswordFirst
          text={words.codes_password}
          submit={words.next}
          isPending={starting.isPending}
          error={starting.error}
          onPassword={starting.mutate}
          onClose={onClose}
        />
      )
    if (isConfirmed) return <BackupCodes codes={starting.data.backupCodes} onDone={onClose} />
    return <ScanStep uri={starting.data.uri} onConfirmed={() => setConfirmed(true)} />
  }
  return (
    <AccountDialog title={isConfirmed ? words.backup : words.codes_dialog} onClose={onClose}>
      {step()}
    </AccountDialog>
  )
}

/** Drawn here: the secret goes to no other server. */
function ScanStep({ uri, onConfirmed }: { readonly uri: string; readonly onConfirmed: () => void }) {
  const { own_security: words } = useWords()
  const [code, setCode] = useState('')
  const picture = useMemo(() => `data:image/svg+xml,${encodeURIComponent(renderSVG(uri, { border: 2 }))}`, [uri])
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const confirming = useAccountChange(() => call(security.confirmCodes, { body: { code: code.trim() } }), onConfirmed)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (/^\s*\d{6}\s*$/.test(code)) confirming.mutate(undefined)
      }}
    >
      <Stack gap="md">
        <p className={styles.text}>{words.codes_scan}</p>
        <img className={styles.qr} src={picture} alt={words.codes_qr} />
        <TextInput readOnly label={words.codes_secret} value={secret} classNames={{ input: 'mono' }} />
        <Failure error={confirming.error} />
        <TextInput
          label={words.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={confirming.isPending}>
            {words.code_confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

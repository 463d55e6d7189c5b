import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useWords } from '../../i18n/language.ts'
import { FailureText } from '../../ui/feedback/failure.tsx'
import styles from './account.module.css'
import { useFailure } from './use-account.ts'

type AccountSectionProps = {
  readonly title: string
  readonly lead?: string
  readonly mark?: string
  readonly action?: ReactNode
  readonly children?: ReactNode
}

export function AccountSection({ title, lead, mark, action, children }: AccountSectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.head}>
        <h2 className={styles.sectionTitle}>
          {title}
          {mark === undefined ? null : <span className={styles.mark}>{mark}</span>}
        </h2>
        {action}
      </div>
      {lead === undefined ? null : <p className={styles.lead}>{lead}</p>}
      {children}
    </section>
  )
}

/** What went wrong with the change above it. */
export function Failure({ error }: { readonly error: Error | null }) {
  const failure = useFailure(error)
  return failure === null ? null : <FailureText text={failure} />
}

type DialogProps = { readonly title: string; readonly onClose: () => void; readonly children: ReactNode }

export function AccountDialog({ title, onClose, children }: DialogProps) {
  const words = useWords()
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': words.app.close }}>
      {children}
    </Modal>
  )
}

type PasswordFirstProps = {
  readonly text: string
  readonly submit: string
  readonly isPending: boolean
  readonly error: Error | null
  readonly onPassword: (password: string) => void
  readonly onClose: () => void
}

/** Whoever sits at an open screen is not thereby its owner: a change of the ways in asks for the password. */
export function PasswordFirst({ text, submit, isPending, error, onPassword, onClose }: PasswordFirstProps) {
  const words = useWords()
  const [password, setPassword] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (password !== '') onPassword(password)
      }}
    >
      <Stack gap="md">
        <p className={styles.text}>{text}</p>
        <Failure error={error} />
        <PasswordInput
          label={words.own_security.password}
          autoComplete="current-password"
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {words.app.cancel}
          </Button>
          <Button type="submit" loading={isPending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Asks why, says how many more may be shown, and that it is written down. */
import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { fill } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Failure, failureText } from '../feedback/failure.tsx'
import { ReasonInput } from '../reason/reason-input.tsx'
import type { Revealing } from './reveal.tsx'

/** As the contract says. */
const SHORTEST = 2

export function RevealDialog({ reveal }: { readonly reveal: Revealing }) {
  const { app, reveal: words } = useWords()
  const language = useLanguage()
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const { left, offered, minutes } = reveal
  const isMissing = reason.trim().length < SHORTEST
  const isNone = left !== undefined && left.left === 0

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (!isMissing) reveal.ask(reason.trim())
  }
  return (
    <Modal opened onClose={reveal.close} title={words.title} closeButtonProps={{ 'aria-label': app.close }}>
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <p style={{ margin: 0 }}>{fill(words.text, { minutes })}</p>
          {isNone ? (
            <Alert color="vermilion" variant="light">
              {failureText(language, { code: left.perHour === 0 ? 'reveal.off' : 'reveal.too_many' })}
            </Alert>
          ) : (
            <ReasonInput
              label={words.reason}
              description={offered.length === 0 ? words.reason_written : words.reason_hint}
              offered={offered}
              isRequired
              value={reason}
              complaint={isTried && isMissing ? words.reason_missing : null}
              onChange={setReason}
            />
          )}
          {left === undefined || isNone ? null : (
            <p className="soft" style={{ margin: 0 }}>
              {fill(words.left, left)}
            </p>
          )}
          <Failure failed={reveal.failed} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={reveal.close}>
              {app.cancel}
            </Button>
            <Button type="submit" disabled={isNone} loading={reveal.isBusy}>
              {words.do_show}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

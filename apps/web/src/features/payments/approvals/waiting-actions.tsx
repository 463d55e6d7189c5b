import { Button, Group, Modal, Stack } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { WaitingOperation } from '@choba/shared/contracts/safety.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../../api/api-error.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { DialogEnd } from '../../../ui/feedback/dialog-end.tsx'
import { Failure } from '../../../ui/feedback/failure.tsx'
import { ReasonField } from '../actions/reason-field.tsx'
import { useDecision } from './use-decision.ts'

/** What this person may do with it; where they may not agree, why. */
export function WaitingActions({ row }: { readonly row: WaitingOperation }) {
  const { approvals: words } = useWords()
  const language = useLanguage()
  const deciding = useDecision(row)
  const [isDeclining, setDeclining] = useState(false)
  const names = { order: row.orderNumber, action: label(language, 'action', row.kind) }
  const isHeld = row.state === 'held'
  return (
    <Stack gap={6}>
      <Group gap="xs">
        {row.mayDecide ? (
          <>
            <Button
              size="compact-sm"
              loading={deciding.isPending}
              aria-label={fill(words.approve_of, names)}
              onClick={() => deciding.mutate({ kind: 'approved' })}
            >
              {words.approve}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={fill(words.decline_of, names)}
              onClick={() => setDeclining(true)}
            >
              {words.decline}
            </Button>
          </>
        ) : null}
        {row.mayTakeBack ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={deciding.isPending}
            aria-label={fill(isHeld ? words.undo_of : words.take_back_of, names)}
            onClick={() => deciding.mutate({ kind: 'taken_back' })}
          >
            {isHeld ? words.undo : words.take_back}
          </Button>
        ) : null}
        {row.whyNot === null || row.mayTakeBack ? null : (
          <span className="soft">{label(language, 'approvals', `why_${row.whyNot}`)}</span>
        )}
      </Group>
      <Failure failed={failedOf(deciding.error)} />
      {isDeclining ? <DeclineDialog row={row} onClose={() => setDeclining(false)} /> : null}
    </Stack>
  )
}

function DeclineDialog({ row, onClose }: { readonly row: WaitingOperation; readonly onClose: () => void }) {
  const { app, approvals: words, settings } = useWords()
  const language = useLanguage()
  const deciding = useDecision(row)
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const isEmpty = reason.trim() === ''
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (!isEmpty) deciding.mutate({ kind: 'declined', reason: reason.trim() }, { onSuccess: onClose })
  }
  const names = { order: row.orderNumber, action: label(language, 'action', row.kind) }
  return (
    <Modal
      opened
      onClose={onClose}
      title={fill(words.decline_of, names)}
      closeButtonProps={{ 'aria-label': app.close }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <ReasonField
            action="decline"
            label={words.decline_reason}
            value={reason}
            complaint={isTried && isEmpty ? settings.needed : null}
            onChange={setReason}
          />
          <DialogEnd
            failed={failedOf(deciding.error)}
            submit={words.decline}
            isBusy={deciding.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  )
}

/** Counted down by this browser's clock; what decides is the server's. */
export function SecondsLeft({ sentAt }: { readonly sentAt: string }) {
  const { approvals: words } = useWords()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.ceil((Date.parse(sentAt) - now) / 1000)
  return <span role="timer">{seconds > 0 ? fill(words.sent_in, { seconds }) : words.sending}</span>
}

/** Giving up: a claim at NP is cancelled, because a hold keeps the customer's limit reserved; where there is none it is set aside. */
import { Alert, Button, Group, Modal, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { operations } from '@choba/shared/contracts/operations.ts'
import { rescue, type RescueSheet } from '@choba/shared/contracts/rescue.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatCount } from '../../ui/money/format-yen.ts'
import { useQueueRefresh } from './use-queue.ts'

const WITHOUT_CLAIM: ReadonlyArray<RescueSheet['payment']['status']> = ['rejected', 'failed', 'expired']

export function EndButtons({ sheet, onDone }: { readonly sheet: RescueSheet; readonly onDone: () => void }) {
  const words = useWords()
  const mayAct = useMay('sales.act')
  const cancel = sheet.actions.find((each) => each.action === 'cancel')?.verdict
  if (!mayAct) return <span className="soft">{words.rescue.role_note}</span>
  return (
    <>
      {cancel?.allowed ? <GiveUp sheet={sheet} onDone={onDone} /> : null}
      {WITHOUT_CLAIM.includes(sheet.payment.status) && cancel?.allowed !== true ? (
        <SetAside sheet={sheet} onDone={onDone} />
      ) : null}
    </>
  )
}

function SetAside({ sheet, onDone }: { readonly sheet: RescueSheet; readonly onDone: () => void }) {
  const words = useWords().rescue
  const refresh = useQueueRefresh()
  const request = useMutation({
    mutationFn: () => call(rescue.setAside, { body: { paymentIds: [sheet.payment.id] } }),
    async onSuccess({ setAside }) {
      notifications.show({ message: fill(words.set_aside_done, { count: formatCount(setAside) }) })
      onDone()
      await refresh()
    },
  })
  if (sheet.setAside) return <span className="soft">{words.set_aside_now}</span>
  return (
    <Tooltip label={words.set_aside_hint} multiline w={280}>
      <Button variant="default" loading={request.isPending} onClick={() => request.mutate()}>
        {words.set_aside}
      </Button>
    </Tooltip>
  )
}

function GiveUp({ sheet, onDone }: { readonly sheet: RescueSheet; readonly onDone: () => void }) {
  const words = useWords()
  const language = useLanguage()
  const queryClient = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const order = sheet.payment.orderNumber
  const request = useMutation({
    async mutationFn() {
      const { results } = await call(operations.create, {
        body: {
          operations: [
            { idempotencyKey, action: 'cancel', paymentId: sheet.payment.id, reason: words.action_reasons.rescue },
          ],
        },
      })
      return results[0]?.error ?? null
    },
    async onSuccess(error) {
      if (error !== null) return
      setAsking(false)
      notifications.show({ message: fill(words.rescue.given_up, { order }) })
      onDone()
      await queryClient.invalidateQueries({ queryKey: [rescue.get.path] })
    },
  })
  const failure = request.isError
    ? label(language, 'error', asApiError(request.error).code)
    : request.data
      ? label(language, 'refusal', request.data.reason ?? request.data.code)
      : null
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {words.rescue.give_up}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        closeButtonProps={{ 'aria-label': words.app.close }}
        title={fill(words.rescue.give_up_title, { order })}
      >
        <p>{words.rescue.give_up_text}</p>
        {failure === null ? null : (
          <Alert color="vermilion" variant="light" role="alert" mb="md">
            {failure}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => setAsking(false)}>
            {words.app.cancel}
          </Button>
          <Button color="vermilion" loading={request.isPending} onClick={() => request.mutate()}>
            {words.rescue.give_up}
          </Button>
        </Group>
      </Modal>
    </>
  )
}

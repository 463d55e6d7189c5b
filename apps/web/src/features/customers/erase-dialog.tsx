/** Says what goes and what stays, why it may not go yet, and erases a customer's personal data for good. */
import { Alert, Button, Group, Modal, Skeleton, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type ErasureOutlook, privacy } from '@choba/shared/contracts/privacy.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useWords } from '../../i18n/language.ts'
import { Failure } from '../../ui/feedback/failure.tsx'
import { formatCount } from '../../ui/money/format-yen.ts'

type EraseDialogProps = { readonly id: string; readonly onClose: () => void }

export function EraseDialog({ id, onClose }: EraseDialogProps) {
  const { app, privacy: words } = useWords()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [reason, setReason] = useState('')
  const outlook = useQuery(q(privacy.erasure, { id }))
  const erasing = useMutation({
    mutationFn: () => call(privacy.erase, { id, body: { reason } }),
    async onSuccess() {
      notifications.show({ message: words.erased_done })
      await navigate({ to: '/customers' })
      await queryClient.invalidateQueries()
    },
  })
  const isFree = outlook.data !== undefined && outlook.data.open.length === 0
  return (
    <Modal opened onClose={onClose} title={words.erase_title} closeButtonProps={{ 'aria-label': app.close }}>
      <Stack gap="md">
        {outlook.isPending ? <Skeleton height={160} role="status" aria-label={app.loading} /> : null}
        <Failure failed={failedOf(outlook.error)} />
        {outlook.data ? <Outlook {...outlook.data} /> : null}
        {isFree ? (
          <TextInput
            label={words.reason}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        ) : null}
        <Failure failed={failedOf(erasing.error)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {app.cancel}
          </Button>
          <Button color="vermilion" disabled={!isFree} loading={erasing.isPending} onClick={() => erasing.mutate()}>
            {words.do_erase}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Outlook({ payments, files, open }: ErasureOutlook) {
  const { privacy: words, erasure_refusal: refusals } = useWords()
  return (
    <>
      {open.length > 0 ? (
        <Alert color="vermilion" variant="light" title={words.refused}>
          <ul style={{ margin: 0, paddingInlineStart: 20 }}>
            {open.map(({ reason, count }) => (
              <li key={reason}>{fill(refusals[reason], { count: formatCount(count) })}</li>
            ))}
          </ul>
        </Alert>
      ) : null}
      <div>
        <b>{words.goes}</b>
        <p style={{ margin: '2px 0 0' }}>{words.goes_text}</p>
        {files > 0 ? (
          <p style={{ margin: '2px 0 0' }}>{fill(words.goes_files, { count: formatCount(files) })}</p>
        ) : null}
      </div>
      <div>
        <b>{words.stays}</b>
        <p style={{ margin: '2px 0 0' }}>{fill(words.stays_text, { count: formatCount(payments) })}</p>
      </div>
      <p style={{ margin: 0 }}>{words.erase_text}</p>
    </>
  )
}

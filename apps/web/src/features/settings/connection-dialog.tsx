/** A connection made or changed. Secrets are typed in and never shown again. */
import { Modal, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type Agreement, agreements } from '@choba/shared/contracts/merchant.ts'
import { businessDate } from '@choba/shared/dates.ts'
import { accountFieldsOf, isFit, secretFieldsOf } from '@choba/shared/provider-accounts.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { DialogEnd } from '../../ui/feedback/dialog-end.tsx'
import { ConnectionFields, type Draft } from './connection-fields.tsx'
import { useSetting } from '../../ui/feedback/use-setting.ts'

type ConnectionDialogProps = { readonly agreement: Agreement | null; readonly onClose: () => void }

export function ConnectionDialog({ agreement, onClose }: ConnectionDialogProps) {
  const words = useWords()
  const session = useSession()
  // One id for all tries, so that a repeat makes no second connection.
  const [id] = useState(() => agreement?.id ?? crypto.randomUUID())
  const [draft, setDraft] = useState<Draft>(() => draftOf(agreement, session))
  const [isTried, setTried] = useState(false)
  const saving = useSetting(() => {
    const { methods, baseUrl, cardSales, secrets, validFrom, ...fixed } = draft
    const changed = { methods: [...methods], baseUrl: baseUrl.trim(), cardSales, secrets }
    return agreement === null
      ? call(agreements.add, { body: { id, ...fixed, validFrom: businessDate(validFrom), ...changed } })
      : call(agreements.change, { id, body: changed })
  }, onClose)
  const isNew = agreement === null
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (isWhole(draft, isNew)) saving.mutate(undefined)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={isNew ? words.agreement.add : words.agreement.change}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <form noValidate onSubmit={submit} autoComplete="off">
        <Stack gap="md">
          <ConnectionFields draft={draft} isNew={isNew} isTried={isTried} onChange={setDraft} />
          <DialogEnd
            failed={failedOf(saving.error)}
            submit={words.app.save}
            isBusy={saving.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  )
}

function draftOf(
  agreement: Agreement | null,
  { shops, today }: { readonly shops: ReadonlyArray<{ readonly id: string }>; readonly today: string },
): Draft {
  if (agreement !== null) return { ...agreement, secrets: {} }
  return {
    shopId: shops[0]?.id ?? '',
    provider: 'np',
    connectionMethod: 'api',
    methods: ['np_postpaid'],
    baseUrl: '',
    cardSales: 'specified',
    validFrom: today,
    account: {},
    secrets: {},
  }
}

/** A secret of a connection that exists may be left empty: it stays. */
function isWhole({ provider, methods, baseUrl, validFrom, account, secrets }: Draft, isNew: boolean): boolean {
  const secretsFit = secretFieldsOf(provider).every((field) => {
    const value = secrets[field] ?? ''
    return (value === '' && !isNew) || isFit(provider, field, value)
  })
  const accountFits = accountFieldsOf(provider).every((field) => isFit(provider, field, account[field] ?? ''))
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(validFrom)
  return methods.length > 0 && URL.canParse(baseUrl.trim()) && isDay && accountFits && secretsFit
}

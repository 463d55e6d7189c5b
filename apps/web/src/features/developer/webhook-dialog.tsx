/** An address that is told: a new one, or another wish of a known one. */
import { Checkbox, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { WEBHOOK_EVENTS, WEBHOOK_NAME_LENGTH, type WebhookRow, webhooks } from '@choba/shared/contracts/webhooks.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'
import { DialogEnd } from '../../ui/feedback/dialog-end.tsx'
import styles from './developer.module.css'
import { useDeed } from './use-developer.ts'

type WebhookDialogProps = {
  readonly known: WebhookRow | null
  readonly onClose: () => void
  readonly onDone: (secret: string | null) => void
}

export function WebhookDialog({ known, onClose, onDone }: WebhookDialogProps) {
  const words = useWords()
  const [id] = useState(() => known?.id ?? crypto.randomUUID())
  const [name, setName] = useState(known?.name ?? '')
  const [url, setUrl] = useState(known?.url ?? '')
  const [events, setEvents] = useState<readonly string[]>(known?.events ?? [])
  const [isActive, setActive] = useState(known?.isActive ?? true)
  const [isTried, setTried] = useState(false)
  const saving = useDeed(
    [webhooks.list.path],
    async () => {
      const wish = { name, url, events: WEBHOOK_EVENTS.filter((each) => events.includes(each)) }
      if (known === null) return (await call(webhooks.create, { body: { id, ...wish } })).secret
      await call(webhooks.change, { id, body: { ...wish, isActive } })
      return null
    },
    onDone,
  )
  const isNamed = name.trim() !== ''
  const isAddress = URL.canParse(url.trim())
  return (
    <Modal
      opened
      onClose={onClose}
      size={600}
      title={known === null ? words.developer.hook_new : fill(words.developer.hook_change_of, { name: known.name })}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (isNamed && isAddress) saving.mutate(undefined)
        }}
      >
        <Stack gap="md">
          <TextInput
            label={words.developer.hook_name}
            maxLength={WEBHOOK_NAME_LENGTH}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            {...(isTried && !isNamed && { error: words.developer.name_missing })}
          />
          <TextInput
            label="URL"
            type="url"
            placeholder="https://example.jp/choba"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            {...(isTried && !isAddress && { error: words.developer.hook_url_wrong })}
          />
          <Checkbox.Group
            label={words.developer.hook_events}
            description={words.developer.hook_events_hint}
            value={[...events]}
            onChange={setEvents}
          >
            <div className={styles.permissions}>
              {WEBHOOK_EVENTS.map((event) => (
                <Checkbox key={event} size="xs" value={event} label={words.webhook_event[event]} description={event} />
              ))}
            </div>
          </Checkbox.Group>
          {known === null ? null : (
            <Checkbox
              label={words.developer.hook_active}
              description={words.developer.hook_active_hint}
              checked={isActive}
              onChange={(event) => setActive(event.currentTarget.checked)}
            />
          )}
          <DialogEnd
            failed={failedOf(saving.error)}
            submit={known === null ? words.developer.hook_add : words.developer.save}
            isBusy={saving.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  )
}

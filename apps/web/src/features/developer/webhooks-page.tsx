/** Where the merchant's own programs are told what happens to payments, and what became of each telling. */
import { Button } from '@mantine/core'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type WebhookRow, webhooks } from '@choba/shared/contracts/webhooks.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useWords } from '../../i18n/language.ts'
import { Notice } from '../../ui/feedback/notice.tsx'
import { ConfirmDialog, type Doubt } from '../../ui/feedback/confirm-dialog.tsx'
import { OnceDialog } from './once-dialog.tsx'
import { PageFrame } from './page-frame.tsx'
import { say, useDeed } from './use-developer.ts'
import { WebhookCard } from './webhook-card.tsx'
import { WebhookDialog } from './webhook-dialog.tsx'

const LOOK_EVERY_MS = 5_000
const PATHS = [webhooks.list.path, webhooks.deliveries.path]

type Asked = Doubt & { readonly run: () => Promise<string | null> }

export function WebhooksPage() {
  const { developer: words } = useWords()
  const query = useQuery({ ...q(webhooks.list, {}), refetchInterval: LOOK_EVERY_MS })
  const [edited, setEdited] = useState<WebhookRow | 'new' | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const doing = useDeed(
    PATHS,
    (run: Asked['run']) => run(),
    (made) => {
      setAsked(null)
      if (made === null) say(words.saved)
      else setSecret(made)
    },
  )

  function askRemove({ id, name }: WebhookRow): void {
    setAsked({
      title: fill(words.hook_remove_of, { name }),
      text: words.hook_remove_text,
      doIt: words.hook_remove,
      run: async () => {
        await call(webhooks.remove, { id })
        return null
      },
    })
  }
  function askRotate({ id, name }: WebhookRow): void {
    setAsked({
      title: fill(words.hook_rotate_of, { name }),
      text: words.hook_rotate_text,
      doIt: words.hook_rotate,
      run: async () => (await call(webhooks.rotate, { id, body: {} })).secret,
    })
  }

  return (
    <PageFrame
      title={words.hooks}
      lead={words.hooks_lead}
      query={query}
      action={
        <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setEdited('new')}>
          {words.hook_new}
        </Button>
      }
    >
      {({ items }) => (
        <>
          {items.length === 0 ? (
            <Notice icon={IconWebhook} title={words.hooks_none} text={words.hooks_none_text} />
          ) : null}
          {items.map((row) => (
            <WebhookCard
              key={row.id}
              row={row}
              onEdit={() => setEdited(row)}
              onRotate={() => askRotate(row)}
              onRemove={() => askRemove(row)}
            />
          ))}
          {edited === null ? null : (
            <WebhookDialog
              known={edited === 'new' ? null : edited}
              onClose={() => setEdited(null)}
              onDone={(made) => {
                setEdited(null)
                setSecret(made)
                if (made === null) say(words.saved)
              }}
            />
          )}
          {secret === null ? null : (
            <OnceDialog
              title={words.hook_secret}
              text={words.hook_secret_text}
              secret={secret}
              onClose={() => setSecret(null)}
            />
          )}
          {asked === null ? null : (
            <ConfirmDialog
              {...asked}
              isBusy={doing.isPending}
              failed={failedOf(doing.error)}
              onDo={() => doing.mutate(asked.run)}
              onClose={() => setAsked(null)}
            />
          )}
        </>
      )}
    </PageFrame>
  )
}

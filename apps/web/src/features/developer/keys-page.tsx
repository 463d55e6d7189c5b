/** Keys of the merchant's own programs: what each may do, when it ends, when it was last used. */
import { Button } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ApiKeyRow, apiKeys } from '@choba/shared/contracts/api-keys.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { Facts } from '../../ui/facts/section.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import { ConfirmDialog } from '../../ui/feedback/confirm-dialog.tsx'
import styles from './developer.module.css'
import { KeyDialog } from './key-dialog.tsx'
import { OnceDialog } from './once-dialog.tsx'
import { PageFrame } from './page-frame.tsx'
import { say, useDeed } from './use-developer.ts'

const TONE = { active: 'done', expired: 'ended', revoked: 'ended' } as const

export function KeysPage() {
  const { developer: words } = useWords()
  const query = useQuery(q(apiKeys.list, {}))
  const [isMaking, setMaking] = useState(false)
  const [token, setToken] = useState<string | null>(null)
  const [doubted, setDoubted] = useState<ApiKeyRow | null>(null)
  const revoking = useDeed(
    [apiKeys.list.path],
    (id: string) => call(apiKeys.revoke, { id, body: {} }),
    ({ name }) => {
      setDoubted(null)
      say(fill(words.key_revoked, { name }))
    },
  )
  return (
    <PageFrame
      title={words.keys}
      lead={words.keys_lead}
      query={query}
      action={
        <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setMaking(true)}>
          {words.key_new}
        </Button>
      }
    >
      {({ items }) => (
        <>
          {items.length === 0 ? <Notice icon={IconKey} title={words.keys_none} text={words.keys_none_text} /> : null}
          {items.map((key) => (
            <KeyCard key={key.id} row={key} onRevoke={() => setDoubted(key)} />
          ))}
          {isMaking ? (
            <KeyDialog
              onClose={() => setMaking(false)}
              onMade={(made) => {
                setMaking(false)
                setToken(made)
              }}
            />
          ) : null}
          {token === null ? null : (
            <OnceDialog
              title={words.key_made}
              text={words.key_made_text}
              secret={token}
              onClose={() => setToken(null)}
            />
          )}
          {doubted === null ? null : (
            <ConfirmDialog
              title={fill(words.key_revoke_of, { name: doubted.name })}
              text={words.key_revoke_text}
              doIt={words.key_revoke}
              isBusy={revoking.isPending}
              failed={failedOf(revoking.error)}
              onDo={() => revoking.mutate(doubted.id)}
              onClose={() => setDoubted(null)}
            />
          )}
        </>
      )}
    </PageFrame>
  )
}

function KeyCard({ row, onRevoke }: { readonly row: ApiKeyRow; readonly onRevoke: () => void }) {
  const words = useWords()
  const language = useLanguage()
  const at = (instant: string | null) => (instant === null ? null : formatInstant(instant, language))
  return (
    <section className={styles.card} aria-label={row.name}>
      <div className={styles.cardHead}>
        <span className={styles.name}>{row.name}</span>
        <ToneBadge tone={TONE[row.state]} word={words.api_key_state[row.state]} />
        <span className="soft mono">{row.hint}…</span>
        <span style={{ flexGrow: 1 }} />
        {row.state === 'active' ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={fill(words.developer.key_revoke_of, { name: row.name })}
            onClick={onRevoke}
          >
            {words.developer.key_revoke}
          </Button>
        ) : null}
      </div>
      <Facts
        facts={[
          [
            words.developer.key_permissions,
            row.permissions.map((each) => words.permission[each]).join(separatorIn(language)),
          ],
          [words.developer.key_ends, at(row.expiresAt)],
          [words.developer.key_used, at(row.lastUsedAt) ?? words.developer.never],
          [words.developer.made, `${row.createdBy}・${at(row.createdAt) ?? ''}`],
          [
            words.developer.key_revoked_at,
            row.revokedAt === null ? null : `${row.revokedBy ?? ''}・${at(row.revokedAt) ?? ''}`,
          ],
        ]}
      />
    </section>
  )
}

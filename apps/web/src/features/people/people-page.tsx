/** Who can sign in, as what and for which shops; who is invited; the roles of the merchant's own. */
import { Button, Skeleton } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CustomRole, Member } from '@choba/shared/contracts/members.ts'
import { asApiError } from '../../api/api-error.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { AskDialog, type Asked } from './ask-dialog.tsx'
import { InvitationTable } from './invitation-table.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberDialog } from './member-dialog.tsx'
import { MemberTable } from './member-table.tsx'
import styles from './people.module.css'
import { RoleDialog } from './role-dialog.tsx'
import { RoleTable } from './role-table.tsx'
import { peopleQuery } from './use-people.ts'

type Open =
  | { readonly kind: 'invite' }
  | { readonly kind: 'member'; readonly member: Member }
  | { readonly kind: 'role'; readonly role: CustomRole | null }
  | { readonly kind: 'ask'; readonly asked: Asked }

export function PeoplePage() {
  const words = useWords()
  const language = useLanguage()
  const { data, error, refetch } = useQuery(peopleQuery)
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const ask = (asked: Asked) => setOpen({ kind: 'ask', asked })

  function body() {
    if (data === undefined && error !== null) {
      const { code, requestId } = asApiError(error)
      return (
        <ErrorNotice
          title={words.people.failed_title}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={() => void refetch()}
        />
      )
    }
    if (data === undefined) return <Skeleton height={240} role="status" aria-label={words.app.loading} />
    return (
      <>
        <MemberTable members={data.members} onChange={(member) => setOpen({ kind: 'member', member })} onAsk={ask} />
        <InvitationTable invitations={data.invitations} onAsk={ask} />
        <RoleTable roles={data.roles} onEdit={(role) => setOpen({ kind: 'role', role })} onAsk={ask} />
      </>
    )
  }
  const roles = data?.roles ?? []
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{words.people.title}</h1>
        <Button leftSection={<IconUserPlus size={16} />} onClick={() => setOpen({ kind: 'invite' })}>
          {words.people.invite}
        </Button>
      </div>
      <p className={styles.lead}>{words.people.lead}</p>
      {body()}
      {open?.kind === 'invite' ? <InviteDialog roles={roles} onClose={close} /> : null}
      {open?.kind === 'member' ? <MemberDialog member={open.member} roles={roles} onClose={close} /> : null}
      {open?.kind === 'role' ? <RoleDialog role={open.role} onClose={close} /> : null}
      {open?.kind === 'ask' ? <AskDialog {...open.asked} onClose={close} /> : null}
    </div>
  )
}

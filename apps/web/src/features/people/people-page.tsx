/** Who can sign in, as what and for which shops; who is invited; the roles of the merchant's own. */
import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CustomRole, Member } from '@choba/shared/contracts/members.ts'
import { failedOf } from '../../api/api-error.ts'
import { useWords } from '../../i18n/language.ts'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import { Page } from '../../ui/page/page.tsx'
import { AskDialog, type Asked } from './ask-dialog.tsx'
import { InvitationTable } from './invitation-table.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberDialog } from './member-dialog.tsx'
import { MemberTable } from './member-table.tsx'
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
  const { data, error, refetch } = useQuery(peopleQuery)
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const ask = (asked: Asked) => setOpen({ kind: 'ask', asked })

  const roles = data?.roles ?? []
  return (
    <Page
      title={words.people.title}
      lead={words.people.lead}
      action={
        data && (
          <Button leftSection={<IconUserPlus size={16} />} onClick={() => setOpen({ kind: 'invite' })}>
            {words.people.invite}
          </Button>
        )
      }
    >
      <ReadState
        data={data}
        failed={failedOf(error)}
        failedTitle={words.people.failed_title}
        onRetry={() => void refetch()}
      >
        {(people) => (
          <>
            <MemberTable
              members={people.members}
              onChange={(member) => setOpen({ kind: 'member', member })}
              onAsk={ask}
            />
            <InvitationTable invitations={people.invitations} onAsk={ask} />
            <RoleTable roles={people.roles} onEdit={(role) => setOpen({ kind: 'role', role })} onAsk={ask} />
          </>
        )}
      </ReadState>
      {open?.kind === 'invite' ? <InviteDialog roles={roles} onClose={close} /> : null}
      {open?.kind === 'member' ? <MemberDialog member={open.member} roles={roles} onClose={close} /> : null}
      {open?.kind === 'role' ? <RoleDialog role={open.role} onClose={close} /> : null}
      {open?.kind === 'ask' ? <AskDialog {...open.asked} onClose={close} /> : null}
    </Page>
  )
}

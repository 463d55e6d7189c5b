import { Button } from '@mantine/core'
import { type Invitation, members } from '@choba/shared/contracts/members.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import type { Asked } from './ask-dialog.tsx'
import { PeopleTable } from './people-table.tsx'
import { useRoleName, useShopNames } from './use-people.ts'

type InvitationTableProps = {
  readonly invitations: readonly Invitation[]
  readonly onAsk: (asked: Asked) => void
}

export function InvitationTable({ invitations, onAsk }: InvitationTableProps) {
  const { people } = useWords()
  const language = useLanguage()
  const roleName = useRoleName()
  const shopNames = useShopNames()
  return (
    <PeopleTable
      title={people.invitations}
      columns={[people.email, people.column_role, people.column_shops, people.column_expires, people.column_actions]}
      empty={people.no_invitations}
      rows={invitations.map((invitation) => {
        const { invitationId, email } = invitation
        return {
          key: invitationId,
          cells: [
            email,
            roleName(invitation),
            shopNames(invitation.shopIds),
            formatInstant(invitation.expiresAt, language),
            <Button
              key="withdraw"
              size="compact-xs"
              variant="default"
              aria-label={fill(people.withdraw_of, { name: email })}
              onClick={() =>
                onAsk({
                  title: fill(people.withdraw_of, { name: email }),
                  text: fill(people.withdraw_text, { name: email }),
                  doIt: people.withdraw,
                  run: () => call(members.withdraw, { invitationId }),
                })
              }
            >
              {people.withdraw}
            </Button>,
          ],
        }
      })}
    />
  )
}

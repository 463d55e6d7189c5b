import { Button, Tooltip } from '@mantine/core'
import { type Member, members as contracts } from '@choba/shared/contracts/members.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { call } from '../../api/call.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import type { Asked } from './ask-dialog.tsx'
import styles from './people.module.css'
import { PeopleTable } from './people-table.tsx'
import { useChange, useRoleName, useShopNames } from './use-people.ts'

type MemberTableProps = {
  readonly members: readonly Member[]
  readonly onChange: (member: Member) => void
  readonly onAsk: (asked: Asked) => void
}

export function MemberTable({ members, onChange, onAsk }: MemberTableProps) {
  const { people } = useWords()
  const language = useLanguage()
  const { user } = useSession()
  const roleName = useRoleName()
  const shopNames = useShopNames()
  const { column_name, column_role, column_shops, column_last, column_second_factor, column_sessions, column_actions } =
    people
  return (
    <PeopleTable
      title={people.members}
      columns={[
        column_name,
        column_role,
        column_shops,
        column_last,
        column_second_factor,
        column_sessions,
        column_actions,
      ]}
      empty=""
      rows={members.map((member) => ({
        key: member.userId,
        isFaint: member.deactivatedAt !== null,
        cells: [
          <div key="name">
            <div>
              {member.name}
              {member.userId === user.id ? <span className={styles.mark}>{people.you}</span> : null}
              {member.deactivatedAt === null ? null : <span className={styles.mark}>{people.deactivated}</span>}
            </div>
            <div className="soft">{member.email}</div>
          </div>,
          roleName(member),
          shopNames(member.shopIds),
          member.lastSignInAt === null ? people.never : formatInstant(member.lastSignInAt, language),
          member.hasSecondFactor ? people.second_factor_on : people.second_factor_off,
          fill(people.sessions, { count: member.sessions }),
          <MemberActions key="actions" member={member} onChange={onChange} onAsk={onAsk} />,
        ],
      }))}
    />
  )
}

function MemberActions({ member, onChange, onAsk }: { readonly member: Member } & Omit<MemberTableProps, 'members'>) {
  const { people } = useWords()
  const { userId, name } = member
  const reactivating = useChange(() => call(contracts.reactivate, { userId }))
  if (member.deactivatedAt !== null)
    return (
      <Button
        size="compact-xs"
        variant="default"
        aria-label={fill(people.reactivate_of, { name })}
        loading={reactivating.isPending}
        onClick={() => reactivating.mutate(undefined)}
      >
        {people.reactivate}
      </Button>
    )
  const isOut = member.sessions === 0
  return (
    <div className={styles.actions}>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={fill(people.change_of, { name })}
        onClick={() => onChange(member)}
      >
        {people.change}
      </Button>
      <Tooltip label={people.no_sessions} disabled={!isOut} events={{ hover: true, focus: true, touch: true }}>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={fill(people.end_sessions_of, { name })}
          aria-disabled={isOut}
          {...(isOut && { 'data-disabled': true })}
          onClick={() =>
            !isOut &&
            onAsk({
              title: fill(people.end_sessions_of, { name }),
              text: fill(people.end_sessions_text, { name }),
              doIt: people.end_sessions,
              run: () => call(contracts.endSessions, { userId }),
            })
          }
        >
          {people.end_sessions}
        </Button>
      </Tooltip>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={fill(people.deactivate_of, { name })}
        onClick={() =>
          onAsk({
            title: fill(people.deactivate_of, { name }),
            text: fill(people.deactivate_text, { name }),
            doIt: people.deactivate,
            run: () => call(contracts.deactivate, { userId }),
          })
        }
      >
        {people.deactivate}
      </Button>
    </div>
  )
}

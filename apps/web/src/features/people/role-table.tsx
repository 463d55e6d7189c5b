import { Button, Tooltip } from '@mantine/core'
import { type CustomRole, members } from '@choba/shared/contracts/members.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { call } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'
import type { Asked } from './ask-dialog.tsx'
import styles from './people.module.css'
import { PeopleTable } from './people-table.tsx'

type RoleTableProps = {
  readonly roles: readonly CustomRole[]
  /** Null for a new one. */
  readonly onEdit: (role: CustomRole | null) => void
  readonly onAsk: (asked: Asked) => void
}

export function RoleTable({ roles, onEdit, onAsk }: RoleTableProps) {
  const { people } = useWords()
  return (
    <PeopleTable
      title={people.roles}
      lead={people.roles_lead}
      action={
        <Button size="xs" variant="default" onClick={() => onEdit(null)}>
          {people.role_add}
        </Button>
      }
      columns={[people.column_name, people.column_permissions, people.column_holders, people.column_actions]}
      empty={people.no_roles}
      rows={roles.map((role) => ({
        key: role.roleId,
        cells: [
          role.name,
          fill(people.permissions, { count: role.permissions.length }),
          fill(people.holders, { count: role.holders }),
          <RoleActions key="actions" role={role} onEdit={onEdit} onAsk={onAsk} />,
        ],
      }))}
    />
  )
}

function RoleActions({ role, onEdit, onAsk }: { readonly role: CustomRole } & Omit<RoleTableProps, 'roles'>) {
  const { people } = useWords()
  const { roleId, name, holders } = role
  const isHeld = holders > 0
  return (
    <div className={styles.actions}>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={fill(people.role_change_of, { name })}
        onClick={() => onEdit(role)}
      >
        {people.change}
      </Button>
      <Tooltip label={people.role_held} disabled={!isHeld} events={{ hover: true, focus: true, touch: true }}>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={fill(people.role_remove_of, { name })}
          aria-disabled={isHeld}
          {...(isHeld && { 'data-disabled': true })}
          onClick={() =>
            !isHeld &&
            onAsk({
              title: fill(people.role_remove_of, { name }),
              text: fill(people.role_remove_text, { name }),
              doIt: people.role_remove,
              run: () => call(members.removeRole, { roleId }),
            })
          }
        >
          {people.role_remove}
        </Button>
      </Tooltip>
    </div>
  )
}

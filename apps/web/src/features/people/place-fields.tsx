/** A role and the shops it is held for. */
import { Checkbox, NativeSelect, Radio, Stack } from '@mantine/core'
import type { MemberPlace } from '@choba/shared/contracts/members.ts'
import { type RoleCode, ROLES } from '@choba/shared/permissions.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import type { Roles } from './use-people.ts'

type PlaceFieldsProps = {
  readonly value: MemberPlace
  readonly onChange: (value: MemberPlace) => void
  readonly roles: Roles
}

export function PlaceFields({ value, onChange, roles }: PlaceFieldsProps) {
  const words = useWords()
  const { shops } = useSession()
  const { role, customRoleId, shopIds } = value

  function chooseRole(chosen: string): void {
    const builtIn = ROLES.find((each) => each === chosen)
    onChange(
      builtIn === undefined
        ? { role: 'custom', customRoleId: chosen, shopIds }
        : { role: builtIn satisfies RoleCode, customRoleId: null, shopIds: builtIn === 'admin' ? null : shopIds },
    )
  }
  return (
    <Stack gap="md">
      <NativeSelect
        label={words.people.role}
        value={customRoleId ?? role}
        onChange={(event) => chooseRole(event.currentTarget.value)}
        data={[
          ...ROLES.map((each) => ({ value: each, label: words.role[each] })),
          ...roles.map(({ roleId, name }) => ({ value: roleId, label: name })),
        ]}
      />
      <Radio.Group
        label={words.people.shops}
        {...(role === 'admin' && { description: words.people.admin_all })}
        value={shopIds === null ? 'all' : 'some'}
        onChange={(chosen) => onChange({ ...value, shopIds: chosen === 'all' ? null : [] })}
      >
        <Stack gap={10} mt={6}>
          <Radio size="xs" value="all" label={words.people.all_shops} />
          <Radio size="xs" value="some" label={words.people.some_shops} disabled={role === 'admin'} />
        </Stack>
      </Radio.Group>
      {shopIds === null ? null : (
        <Checkbox.Group
          aria-label={words.people.some_shops}
          value={shopIds}
          onChange={(chosen) => onChange({ ...value, shopIds: chosen })}
          {...(shopIds.length === 0 && { error: words.people.shops_missing })}
        >
          <Stack gap={10} pl={26} mb={4}>
            {shops.map(({ id, name }) => (
              <Checkbox key={id} size="xs" value={id} label={name} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </Stack>
  )
}

export function isWhole({ shopIds }: MemberPlace): boolean {
  return shopIds === null || shopIds.length > 0
}

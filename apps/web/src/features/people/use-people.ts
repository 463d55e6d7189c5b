import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Output } from '@choba/shared/contract.ts'
import { type CustomRole, type MemberPlace, members } from '@choba/shared/contracts/members.ts'
import { q } from '../../api/q.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'

export type People = Output<typeof members.list>
export const peopleQuery = q(members.list, {})

/** A change of people: afterwards the list is read again, and so is who we are. */
export function useChange<Input, Result>(change: (input: Input) => Promise<Result>, onDone?: (result: Result) => void) {
  const queryClient = useQueryClient()
  const words = useWords()
  return useMutation({
    mutationFn: change,
    async onSuccess(result) {
      if (onDone) onDone(result)
      else notifications.show({ message: words.people.saved })
      await queryClient.invalidateQueries({ queryKey: [members.list.path] })
    },
  })
}

export function useRoleName(): (held: Pick<MemberPlace, 'role'> & { readonly roleName: string | null }) => string {
  const { role: names } = useWords()
  return ({ role, roleName }) => roleName ?? names[role]
}

export function useShopNames(): (shopIds: readonly string[] | null) => string {
  const { people } = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  return (shopIds) =>
    shopIds === null
      ? people.all_shops
      : shops
          .filter(({ id }) => shopIds.includes(id))
          .map(({ name }) => name)
          .join(separatorIn(language))
}

export type Roles = readonly CustomRole[]

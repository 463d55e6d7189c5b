/** Above a list whose provider has not answered for some rounds: what is shown may be out of date. */
import { Alert, Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { connections, type PolledConnection, work } from '@choba/shared/contracts/connections.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { call } from '../api/call.ts'
import { useMay, useSession } from '../api/session.ts'
import { useLanguage, useWords } from '../i18n/language.ts'
import { separatorIn } from '../i18n/separator.ts'
import { formatInstant } from '../ui/time/format-time.ts'

/** An answer comes within seconds, or the pause goes on. */
const LOOK_AGAIN_MS = 3000

export function StaleBanner({ failing }: { readonly failing: readonly PolledConnection[] }) {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const maySync = useMay('connections.sync')
  const queryClient = useQueryClient()
  const sync = useMutation({
    mutationFn: () => call(connections.sync, {}),
    onSuccess() {
      notifications.show({ message: words.app.sync_done })
      setTimeout(() => void queryClient.invalidateQueries({ queryKey: [work.get.path] }), LOOK_AGAIN_MS)
    },
  })
  return (
    <Alert color="vermilion" variant="light" role="status" m="sm" mb={0} p="xs">
      {byCause(failing).map(([{ provider, why, answeredAt, failingSince, nextAt }, shopIds]) => (
        <div key={`${provider} ${why}`}>
          {fill(words.polling.banner, {
            provider: label(language, 'provider', provider),
            shop: shops
              .filter((shop) => shopIds.has(shop.id))
              .map((shop) => shop.name)
              .join(separatorIn(language)),
            at: formatInstant(answeredAt ?? failingSince, language),
          })}{' '}
          {why === null ? null : words.poll_failure[why]}{' '}
          <span className="soft">{fill(words.polling.next_try, { at: formatInstant(nextAt, language) })}</span>
        </div>
      ))}
      {maySync ? (
        <Group mt={6}>
          <Button size="xs" variant="default" loading={sync.isPending} onClick={() => sync.mutate()}>
            {words.polling.now}
          </Button>
        </Group>
      ) : null}
    </Alert>
  )
}

/** One provider down is one line, however many connections lead to it: told by the one that was heard longest ago. */
function byCause(failing: readonly PolledConnection[]): Array<readonly [PolledConnection, ReadonlySet<string>]> {
  const groups = Map.groupBy(failing, ({ provider, why }) => `${provider} ${why}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group.toSorted((a, b) => heardAt(a).localeCompare(heardAt(b)))
    return first === undefined ? [] : [[first, new Set(group.map((each) => each.shopId))] as const]
  })
}

function heardAt({ answeredAt, failingSince }: PolledConnection): string {
  return answeredAt ?? failingSince ?? ''
}

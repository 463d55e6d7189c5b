/** The merchant's reasons: which are offered for what, in which order, and where one must be given. */
import { Button, Checkbox, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import {
  actionReasons,
  DEFAULT_REASONS,
  DEMANDABLE_ACTIONS,
  MOST_REASONS,
  type ReasonSettings,
} from '@choba/shared/contracts/action-reasons.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useMay } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { Failure } from '../../ui/feedback/failure.tsx'
import { useSetting } from '../../ui/feedback/use-setting.ts'
import { ReadPage } from './read-page.tsx'
import { complaintOf, ReasonLine, type TypedReason } from './reason-line.tsx'
import styles from './reasons.module.css'

export function ReasonsPage() {
  const { action_reasons: words } = useWords()
  return (
    <ReadPage title={words.title} lead={words.lead} contract={actionReasons.get}>
      {(read) => <ReasonsForm key={JSON.stringify(read)} {...read} />}
    </ReadPage>
  )
}

function typedOf(reasons: ReasonSettings['reasons']): TypedReason[] {
  return reasons.map((reason) => ({ ...reason, key: crypto.randomUUID() }))
}

function ReasonsForm({ reasons, required }: ReasonSettings) {
  const { app, action_reasons: words, reasoned_action: actions, tags } = useWords()
  const mayChange = useMay('settings.manage')
  const [typed, setTyped] = useState(() => typedOf(reasons))
  const [demanded, setDemanded] = useState(required)
  const [isTried, setTried] = useState(false)
  const saving = useSetting(() =>
    call(actionReasons.put, {
      body: {
        reasons: typed.map(({ name, actions: offeredFor }) => ({ name: name.trim(), actions: offeredFor })),
        required: demanded,
      },
    }),
  )
  const isWrong = typed.some((reason) => complaintOf(reason, typed) !== null)
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (!isWrong) saving.mutate(undefined)
  }
  function move(from: number, by: -1 | 1): void {
    const next = [...typed]
    next.splice(from + by, 0, ...next.splice(from, 1))
    setTyped(next)
  }
  return (
    <form noValidate onSubmit={submit}>
      {/* Whoever may look only cannot press or type anywhere below. */}
      <fieldset className={styles.all} disabled={!mayChange} title={mayChange ? undefined : tags.ask_admin}>
        <Stack gap="lg">
          <ol className={styles.list} aria-label={words.list}>
            {typed.map((reason, index) => (
              <ReasonLine
                key={reason.key}
                reason={reason}
                number={index + 1}
                complaint={isTried ? complaintOf(reason, typed) : null}
                onChange={(change) => setTyped(typed.map((each) => (each === reason ? { ...each, ...change } : each)))}
                onRemove={() => setTyped(typed.filter((each) => each !== reason))}
                onUp={index === 0 ? undefined : () => move(index, -1)}
                onDown={index === typed.length - 1 ? undefined : () => move(index, 1)}
              />
            ))}
          </ol>
          <div className={styles.buttons}>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden="true" />}
              disabled={typed.length >= MOST_REASONS}
              title={typed.length >= MOST_REASONS ? words.full : undefined}
              onClick={() =>
                setTyped([...typed, { key: crypto.randomUUID(), name: '', actions: ['cancel', 'refund'] }])
              }
            >
              {words.add}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              title={words.restore_hint}
              onClick={() => setTyped(typedOf(DEFAULT_REASONS.reasons))}
            >
              {words.restore}
            </Button>
          </div>
          <Checkbox.Group
            label={words.required}
            description={words.required_hint}
            value={demanded}
            onChange={(values) => setDemanded(DEMANDABLE_ACTIONS.filter((each) => values.includes(each)))}
          >
            <div className={styles.actions}>
              {DEMANDABLE_ACTIONS.map((action) => (
                <Checkbox key={action} size="xs" value={action} label={actions[action]} />
              ))}
            </div>
          </Checkbox.Group>
          <Failure failed={failedOf(saving.error)} />
          <div>
            <Button type="submit" loading={saving.isPending}>
              {app.save}
            </Button>
          </div>
        </Stack>
      </fieldset>
    </form>
  )
}

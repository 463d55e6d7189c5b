/** Ceilings for each role, the second person, and the time to undo. */
import { Button, Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Output } from '@choba/shared/contract.ts'
import { HOLD_CHOICES, safety } from '@choba/shared/contracts/safety.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { allows, ROLES } from '@choba/shared/permissions.ts'
import { HOLDABLE_ACTIONS } from '@choba/shared/states/safety.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Failure } from '../../ui/feedback/failure.tsx'
import { formatYen, readYen } from '../../ui/money/format-yen.ts'
import { ReadPage } from './read-page.tsx'
import { useSetting } from '../../ui/feedback/use-setting.ts'

const MOST_YEN = 9_999_999

export function SafetyPage() {
  const words = useWords()
  return (
    <ReadPage title={words.settings_section.safety} lead={words.settings_lead.safety} contract={safety.get}>
      {(read) => <SafetyForm key={JSON.stringify(read)} {...read} />}
    </ReadPage>
  )
}

function SafetyForm({ secondPersonFromYen, holdSeconds, holdActions, ceilings, roles }: Output<typeof safety.get>) {
  const { app, safety: words, action: actions } = useWords()
  const language = useLanguage()
  const [second, setSecond] = useState(textOf(secondPersonFromYen))
  const [seconds, setSeconds] = useState(holdSeconds)
  const [held, setHeld] = useState(holdActions)
  const [typed, setTyped] = useState(() => new Map(ceilings.map(({ role, ceilingYen }) => [role, textOf(ceilingYen)])))
  const acting = [
    ...ROLES.filter((role) => allows(role, 'sales.act')).map((role) => ({
      id: role as string,
      name: label(language, 'role', role),
    })),
    ...roles,
    { id: 'key', name: words.key },
  ]
  const saving = useSetting(() =>
    call(safety.put, {
      body: {
        secondPersonFromYen: readYen(second) ?? null,
        holdSeconds: seconds,
        holdActions: HOLDABLE_ACTIONS.filter((each) => held.includes(each)),
        ceilings: acting.flatMap(({ id }) => {
          const ceilingYen = readYen(typed.get(id) ?? '')
          return ceilingYen === undefined ? [] : [{ role: id, ceilingYen }]
        }),
      },
    }),
  )
  const isWrong = [second, ...typed.values()].some((text) => !isAmount(text))
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!isWrong) saving.mutate(undefined)
  }
  const complaint = (text: string) => (isAmount(text) ? null : words.amount_wrong)
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg">
        <TextInput
          label={words.second_person}
          description={words.second_person_hint}
          inputMode="numeric"
          maw={320}
          value={second}
          error={complaint(second)}
          onChange={(event) => setSecond(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.hold}
          description={words.hold_hint}
          maw={320}
          value={String(seconds)}
          data={[...new Set([...HOLD_CHOICES, holdSeconds])].map((each) => ({
            value: String(each),
            label: sayHold(each),
          }))}
          onChange={(event) => setSeconds(Number(event.currentTarget.value))}
        />
        {seconds === 0 ? null : (
          <Stack gap={6} role="group" aria-label={words.hold_actions}>
            <b>{words.hold_actions}</b>
            {HOLDABLE_ACTIONS.map((each) => (
              <Checkbox
                key={each}
                size="xs"
                label={actions[each]}
                checked={held.includes(each)}
                onChange={(event) =>
                  setHeld(event.currentTarget.checked ? [...held, each] : held.filter((other) => other !== each))
                }
              />
            ))}
          </Stack>
        )}
        <Stack gap={8} role="group" aria-label={words.ceilings}>
          <div>
            <b>{words.ceilings}</b>
            <p className="soft" style={{ margin: '2px 0 0' }}>
              {words.ceilings_hint}
            </p>
          </div>
          {acting.map(({ id, name }) => (
            <TextInput
              key={id}
              label={name}
              inputMode="numeric"
              maw={320}
              value={typed.get(id) ?? ''}
              error={complaint(typed.get(id) ?? '')}
              onChange={(event) => setTyped(new Map([...typed, [id, event.currentTarget.value]]))}
            />
          ))}
        </Stack>
        <Failure failed={failedOf(saving.error)} />
        <div>
          <Button type="submit" disabled={isWrong} loading={saving.isPending}>
            {app.save}
          </Button>
        </div>
      </Stack>
    </form>
  )

  function sayHold(each: number): string {
    if (each === 0) return words.hold_none
    return each < 60 ? fill(words.hold_seconds, { seconds: each }) : fill(words.hold_minutes, { minutes: each / 60 })
  }
}

function textOf(amount: number | null): string {
  return amount === null ? '' : formatYen(amount)
}

/** Empty is no amount, which is fine. */
function isAmount(text: string): boolean {
  if (text.trim() === '') return true
  const amount = readYen(text)
  return amount !== undefined && amount >= 1 && amount <= MOST_YEN
}

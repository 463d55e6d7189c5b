/** A change of one term from a day on: what it is to say, what that would do, then the change. */
import { Button, Checkbox, Group, Modal, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { contractTerms } from '@choba/shared/contracts/contract-terms.ts'
import { parseBusinessDate } from '@choba/shared/dates.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { METHODS } from '@choba/shared/methods.ts'
import { MONEY_TERMS, type TermKind } from '@choba/shared/terms.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import { ChangePreview } from './change-preview.tsx'
import styles from './contracts.module.css'
import { emptyTerm } from './empty-term.ts'
import { TermFields } from './term-fields.tsx'
import type { ListedContract, ListedTerm } from './use-contracts.ts'

type ChangeDialogProps = {
  readonly contract: ListedContract
  readonly kind: TermKind
  readonly now: ListedTerm | undefined
  readonly onClose: () => void
}

export function ChangeDialog({ contract, kind, now, onClose }: ChangeDialogProps) {
  const words = useWords()
  const language = useLanguage()
  const queryClient = useQueryClient()
  const isOfMoney = MONEY_TERMS.includes(kind)
  const [validFrom, setValidFrom] = useState<string>(
    isOfMoney && contract.changeFrom > contract.today ? contract.changeFrom : contract.today,
  )
  const [value, setValue] = useState<Record<string, unknown>>({
    ...emptyTerm(kind, contract.method),
    ...now?.value,
  })
  const [confirmed, setConfirmed] = useState(true)
  const day = parseBusinessDate(validFrom)
  const method = METHODS.find((each) => each === contract.method)
  const name = label(language, 'term', kind)

  function body() {
    if (day === undefined || method === undefined) throw new Error('the form is sent only when it is whole')
    return { shopId: contract.shopId, method, kind, validFrom: day, value, assumed: !confirmed }
  }
  const preview = useMutation({ mutationFn: () => call(contractTerms.preview, { body: body() }) })
  const change = useMutation({
    mutationFn: () => call(contractTerms.change, { body: body() }),
    async onSuccess() {
      notifications.show({ message: fill(words.contracts.saved, { term: name, day: formatDay(validFrom, language) }) })
      onClose()
      // Closings, fees and limits stand behind nearly every list.
      await queryClient.invalidateQueries()
    },
  })
  const error = change.error ?? preview.error
  const failure = error === null ? null : asApiError(error)

  function edit(next: Record<string, unknown>): void {
    setValue(next)
    preview.reset()
    change.reset()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={fill(words.contracts.dialog, { term: name })}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (day !== undefined) preview.mutate()
        }}
      >
        <TextInput
          type="date"
          label={words.contracts.valid_from}
          {...(isOfMoney && {
            description: fill(words.contracts.valid_from_hint, { day: formatDay(contract.changeFrom, language) }),
            min: contract.changeFrom,
          })}
          value={validFrom}
          required
          onChange={(event) => {
            setValidFrom(event.currentTarget.value)
            preview.reset()
          }}
        />
        <TermFields
          kind={kind}
          method={contract.method}
          value={value}
          onChange={edit}
          wrong={wrongFields(failure?.details)}
        />
        <Checkbox
          mt="md"
          size="xs"
          label={words.contracts.confirmed}
          checked={confirmed}
          onChange={(event) => setConfirmed(event.currentTarget.checked)}
        />
        {failure === null ? null : (
          <p className={styles.failure} role="alert">
            {label(language, 'error', failure.code)}。{label(language, 'error_advice', failure.code)}
          </p>
        )}
        {preview.data === undefined ? null : <ChangePreview kind={kind} preview={preview.data} value={value} />}
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose}>
            {words.app.cancel}
          </Button>
          {preview.data === undefined ? (
            <Button type="submit" loading={preview.isPending} disabled={day === undefined}>
              {words.contracts.preview}
            </Button>
          ) : (
            <Button loading={change.isPending} onClick={() => change.mutate()}>
              {words.contracts.save}
            </Button>
          )}
        </Group>
      </form>
    </Modal>
  )
}

/** The fields that an answer names, `value.friday` as `friday`. */
function wrongFields(details: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const issues = details?.['issues']
  if (!Array.isArray(issues)) return []
  return issues.map((issue: { path?: unknown }) =>
    String(issue.path)
      .replace(/^value\.(taxClass\.)?/, '')
      .replace(/\.\d+$/, ''),
  )
}

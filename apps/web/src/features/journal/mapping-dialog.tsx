/** Own names for one account from a day on, with an entry as it looks before and after. */
import { Modal, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Account } from '@choba/shared/accounts.ts'
import { type AccountMapping, chart } from '@choba/shared/contracts/chart.ts'
import { parseBusinessDate } from '@choba/shared/dates.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { DialogEnd } from '../../ui/feedback/dialog-end.tsx'
import { useSetting } from '../../ui/feedback/use-setting.ts'
import { formatDay } from '../../ui/time/format-time.ts'

type Names = Pick<AccountMapping, 'code' | 'name' | 'subAccount' | 'taxName'>
type MappingDialogProps = {
  readonly account: Account
  readonly today: string
  readonly now: AccountMapping | undefined
  readonly onClose: () => void
}

export function MappingDialog({ account, today, now, onClose }: MappingDialogProps) {
  const words = useWords()
  const [validFrom, setValidFrom] = useState(today)
  const [names, setNames] = useState<Names>(now ?? { code: '', name: '', subAccount: '', taxName: '' })
  const day = parseBusinessDate(validFrom)
  const saving = useSetting((from: string) => {
    const { code, name, subAccount, taxName } = names
    return call(chart.change, { account, body: { validFrom: from, code, name, subAccount, taxName } })
  }, onClose)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (day !== undefined) saving.mutate(day)
  }
  function field(name: keyof Names, label: string, maxLength: number, description?: string) {
    return (
      <TextInput
        label={label}
        maxLength={maxLength}
        {...(description !== undefined && { description })}
        value={names[name]}
        onChange={(event) => setNames({ ...names, [name]: event.currentTarget.value })}
      />
    )
  }
  const byMethod = account === 'receivable' || account === 'payables'
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={fill(words.chart.dialog, { account: words.account[account] })}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            type="date"
            label={words.chart.valid_from}
            description={words.chart.valid_from_hint}
            data-autofocus
            value={validFrom}
            error={day === undefined ? words.settings.needed : null}
            onChange={(event) => setValidFrom(event.currentTarget.value)}
          />
          {field('code', words.chart.code, 20)}
          {field('name', words.chart.name, 30, words.chart.name_hint)}
          {field('subAccount', words.chart.sub_account, 30, byMethod ? words.chart.sub_account_hint : undefined)}
          {field('taxName', words.chart.tax_name, 30, words.chart.tax_name_hint)}
          <Example account={account} before={now} after={names} validFrom={validFrom} />
          <DialogEnd
            failed={failedOf(saving.error)}
            submit={words.app.save}
            isBusy={saving.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  )
}

type ExampleProps = {
  readonly account: Account
  readonly before: Names | undefined
  readonly after: Names
  readonly validFrom: string
}

/** How a line of this account reads, before that day and from it on. */
function Example({ account, before, after, validFrom }: ExampleProps) {
  const words = useWords()
  const day = formatDay(validFrom, useLanguage())
  const row = (key: string, head: string, names: Names | undefined) => ({
    key,
    cells: [
      head,
      [names?.code, names?.name || words.account[account]].filter(Boolean).join(' '),
      names?.subAccount || words.chart.as_is,
      names?.taxName || words.chart.as_is,
    ],
  })
  return (
    <PlainTable
      caption={words.chart.example}
      columns={[
        { name: words.chart.example },
        { name: words.chart.account },
        { name: words.chart.sub_account },
        { name: words.chart.tax_name },
      ]}
      rows={[
        row('before', fill(words.chart.before, { day }), before),
        row('after', fill(words.chart.after, { day }), after),
      ]}
    />
  )
}

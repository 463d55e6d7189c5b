/** Asks for the transfer: how much of what is owed, and to which account. */
import { Alert, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type CustomerReturnRow, customerReturns } from '@choba/shared/contracts/customer-returns.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { ACCOUNT_KINDS, type AccountKind } from '@choba/shared/states/customer-return.ts'
import { call } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'
import { formatYen, readYen } from '../../ui/money/format-yen.ts'
import { useReturn } from './use-return.ts'

type Fields = Record<'bankName' | 'branchName' | 'accountNumber' | 'accountHolder' | 'amount', string>

export function RequestDialog({ row, onClose }: { readonly row: CustomerReturnRow; readonly onClose: () => void }) {
  const { customer_returns: words, account_kind, app } = useWords()
  const [key] = useState(() => crypto.randomUUID())
  const [kind, setKind] = useState<AccountKind>('ordinary')
  const [touched, setTouched] = useState(false)
  const [fields, setFields] = useState<Fields>({
    bankName: '',
    branchName: '',
    accountNumber: '',
    accountHolder: '',
    amount: String(row.amountYen),
  })
  const order = row.orderNumber
  const amountYen = readYen(fields.amount)
  const number = fields.accountNumber.normalize('NFKC').trim()
  const faults: Partial<Fields> = {
    ...(amountYen === undefined || amountYen < 1 || amountYen > row.amountYen
      ? { amount: fill(words.amount_hint, { amount: formatYen(row.amountYen) }) }
      : {}),
    ...(/^\d{4,8}$/.test(number) ? {} : { accountNumber: words.number_hint }),
    ...Object.fromEntries(
      (['bankName', 'branchName', 'accountHolder'] as const).flatMap((name) =>
        fields[name].trim() === '' ? [[name, words.missing]] : [],
      ),
    ),
  }
  const { send, sending, failure } = useReturn({
    send: () =>
      call(customerReturns.request, {
        body: {
          idempotencyKey: key,
          paymentId: row.paymentId,
          amountYen: amountYen ?? 0,
          bankName: fields.bankName,
          branchName: fields.branchName,
          accountKind: kind,
          accountNumber: number,
          accountHolder: fields.accountHolder,
        },
      }),
    said: fill(words.requested_done, { order }),
    onDone: onClose,
  })

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTouched(true)
    if (Object.keys(faults).length === 0) send(undefined)
  }
  const field = (name: keyof Fields) => ({
    value: fields[name],
    error: touched ? faults[name] : undefined,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setFields((before) => ({ ...before, [name]: value }))
    },
  })

  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': app.close }}
      title={fill(words.request_title, { order })}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <p className="soft" style={{ margin: 0 }}>
            {words.request_lead}
          </p>
          <TextInput label={words.bank} {...field('bankName')} data-autofocus />
          <TextInput label={words.branch} {...field('branchName')} />
          <Select
            label={words.kind}
            allowDeselect={false}
            data={ACCOUNT_KINDS.map((value) => ({ value, label: account_kind[value] }))}
            value={kind}
            onChange={(value) => setKind((value as AccountKind | null) ?? 'ordinary')}
          />
          <TextInput label={words.number} inputMode="numeric" autoComplete="off" {...field('accountNumber')} />
          <TextInput label={words.holder} {...field('accountHolder')} />
          <TextInput label={words.amount} inputMode="numeric" {...field('amount')} />
          {failure === null ? null : (
            <Alert color="vermilion" variant="light" role="alert">
              {failure}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {app.cancel}
            </Button>
            <Button type="submit" loading={sending}>
              {words.request}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

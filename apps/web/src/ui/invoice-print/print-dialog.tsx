/** Invoices for the parcel: first which can be printed and why others cannot, then the file. */
import { Alert, Button, Checkbox, Group, Loader, Modal, Skeleton, Stack } from '@mantine/core'
import { IconFileTypePdf, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import {
  MOST_PRINTED,
  type PrintCheck,
  type PrintRefused,
  type PrintResult,
} from '@choba/shared/contracts/invoice-prints.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../facts/plain-table.tsx'
import { Facts } from '../facts/section.tsx'
import { ErrorNotice } from '../feedback/error-notice.tsx'
import { formatCount } from '../money/format-yen.ts'

type PrintDialogProps = {
  readonly checked: PrintCheck | undefined
  readonly checkFailure: {
    readonly code: string
    readonly requestId: string | null
    readonly onRetry: () => void
  } | null
  readonly printing: boolean
  readonly result: PrintResult | undefined
  /** Code of why nothing was printed. */
  readonly failure: string | null
  readonly addressOf: (printId: string) => string
  readonly onPrint: (paymentIds: string[]) => void
  readonly onClose: () => void
}

export function PrintDialog({ result, onClose, ...rest }: PrintDialogProps) {
  const { app, invoice_print: words } = useWords()
  return (
    <Modal opened onClose={onClose} closeButtonProps={{ 'aria-label': app.close }} title={words.title} size="lg">
      {result === undefined ? (
        <Before {...rest} onClose={onClose} />
      ) : (
        <After result={result} addressOf={rest.addressOf} onClose={onClose} />
      )}
    </Modal>
  )
}

function Before({ checked, checkFailure, printing, failure, onPrint, onClose }: Omit<PrintDialogProps, 'result'>) {
  const { app, invoice_print: words } = useWords()
  const language = useLanguage()
  const [chosen, setAgain] = useState<boolean | null>(null)
  if (checkFailure !== null) return <ErrorNotice {...checkFailure} language={language} />
  if (checked === undefined) return <Skeleton height={140} role="status" aria-label={words.checking} />
  const before = new Set(checked.printedBefore)
  // Whoever asks for nothing but printed ones means to print them again.
  const again = chosen ?? (before.size > 0 && before.size === checked.printable.length)
  const ids = again ? checked.printable : checked.printable.filter((id) => !before.has(id))
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [words.printable, formatCount(ids.length)],
          [words.refused, checked.refused.length === 0 ? null : formatCount(checked.refused.length)],
        ]}
      />
      {ids.length === 0 ? <p style={{ margin: 0 }}>{words.nothing}</p> : null}
      {before.size > 0 ? (
        <Checkbox
          size="xs"
          label={fill(words.again, { count: formatCount(before.size) })}
          description={fill(words.printed_before, { count: formatCount(before.size) })}
          checked={again}
          onChange={(event) => setAgain(event.currentTarget.checked)}
        />
      ) : null}
      <Warnings checked={checked} />
      <Refusals refused={checked.refused} />
      <p className="soft" style={{ margin: 0, fontSize: '0.844rem' }}>
        {words.hint}
      </p>
      {printing ? (
        <Group gap="xs" role="status">
          <Loader size="xs" />
          <span className="soft">{words.printing}</span>
        </Group>
      ) : null}
      {failure === null ? null : (
        <Alert
          color="vermilion"
          variant="light"
          role="alert"
          title={`${words.failed}: ${label(language, 'error', failure)}`}
        >
          {label(language, 'error_advice', failure)}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {app.cancel}
        </Button>
        <Button
          data-autofocus
          leftSection={<IconPrinter size={16} aria-hidden="true" />}
          disabled={ids.length === 0}
          loading={printing}
          onClick={() => onPrint([...ids])}
        >
          {fill(words.print, { count: formatCount(ids.length) })}
        </Button>
      </Group>
    </Stack>
  )
}

/** Orders named in a warning. */
const MOST_NAMED = 5

function Warnings({ checked }: { readonly checked: PrintCheck }) {
  const { invoice_print: words } = useWords()
  const { bankOnly, unprintable, left } = checked
  const orders = unprintable
    .slice(0, MOST_NAMED)
    .map(({ orderNumber, characters }) => `${orderNumber} ${characters.join('')}`)
    .join(', ')
  const said = [
    left > 0 ? fill(words.left, { most: formatCount(MOST_PRINTED), count: formatCount(left) }) : null,
    bankOnly > 0 ? fill(words.bank_only, { count: formatCount(bankOnly) }) : null,
    unprintable.length > 0 ? fill(words.unprintable, { count: formatCount(unprintable.length), orders }) : null,
  ].filter((each) => each !== null)
  if (said.length === 0) return null
  return (
    <Alert color="vermilion" variant="light">
      {said.map((each) => (
        <p key={each} style={{ margin: 0 }}>
          {each}
        </p>
      ))}
    </Alert>
  )
}

/** Rows of reasons; of more a count says enough. */
const MOST_LISTED = 12

function Refusals({ refused }: { readonly refused: readonly PrintRefused[] }) {
  const { invoice_print: words, shipments } = useWords()
  const language = useLanguage()
  if (refused.length === 0) return null
  return (
    <div>
      <PlainTable
        caption={words.refused}
        columns={[{ name: shipments.order }, { name: words.refused_why }]}
        rows={refused.slice(0, MOST_LISTED).map(({ paymentId, orderNumber, reason, codes }) => ({
          key: paymentId,
          cells: [
            <span key="order" className="mono">
              {orderNumber ?? '–'}
            </span>,
            [
              label(language, 'print_refusal', reason),
              ...codes.map((code) => `${label(language, 'reason', code)} (${code})`),
            ].join(': '),
          ],
        }))}
      />
      {refused.length > MOST_LISTED ? (
        <p className="soft" style={{ margin: '6px 0 0' }}>
          {fill(words.and_more, { count: formatCount(refused.length - MOST_LISTED) })}
        </p>
      ) : null}
    </div>
  )
}

function After({
  result: { printId, printed, refused },
  addressOf,
  onClose,
}: {
  readonly result: PrintResult
  readonly addressOf: (printId: string) => string
  readonly onClose: () => void
}) {
  const { app, invoice_print: words } = useWords()
  return (
    <Stack gap="md">
      <p style={{ margin: 0 }} role="status">
        {printId === null ? words.none_done : fill(words.done, { count: formatCount(printed.length) })}
      </p>
      <Refusals refused={refused} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {app.close}
        </Button>
        {printId === null ? null : (
          <Button
            component="a"
            href={addressOf(printId)}
            target="_blank"
            rel="noreferrer"
            data-autofocus
            leftSection={<IconFileTypePdf size={16} aria-hidden="true" />}
          >
            {words.open}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

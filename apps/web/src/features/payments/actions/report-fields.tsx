/** What a shipment report needs: one of the contract's carriers, a slip number that looks like one of its own, and the day. */
import { Checkbox, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { shipments } from '@choba/shared/contracts/shipments.ts'
import { q } from '../../../api/q.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { checkSlip, plainSlip } from './check-input.ts'

export type Report = {
  readonly carrier: string | null
  readonly slip: string
  /** `YYYY-MM-DD`, or empty where the report is of today. */
  readonly shippedOn: string
  /** A number unlike the carrier's was looked at again. */
  readonly confirmed: boolean
}

/** Whether the report may be sent, and whether the number is unlike those of its carrier. */
export function useReportCheck(shopId: string, { carrier, slip, confirmed }: Report, asked: boolean) {
  const carriers = useQuery({ ...q(shipments.carriers, { shopId }), enabled: asked }).data?.carriers
  const pattern = carriers?.find((each) => each.code === carrier)?.slipPattern ?? null
  const complaint = checkSlip(slip)
  const unlike =
    complaint === null && pattern !== null && !new RegExp(pattern).test(plainSlip(slip).replaceAll('-', ''))
  return { carriers, complaint, unlike, fit: carrier !== null && complaint === null && (!unlike || confirmed) }
}

type ReportFieldsProps = {
  readonly report: Report
  readonly check: ReturnType<typeof useReportCheck>
  readonly tried: boolean
  readonly onChange: (change: Partial<Report>) => void
}

export function ReportFields({ report, check, tried, onChange }: ReportFieldsProps) {
  const { dialog, carrier: names } = useWords()
  const language = useLanguage()
  const { carrier, slip, shippedOn, confirmed } = report
  const { carriers, complaint, unlike } = check
  const choices =
    carriers === undefined
      ? Object.entries(names).map(([value, name]) => ({ value, label: name }))
      : carriers.filter((each) => each.allowed).map((each) => ({ value: each.code, label: each[language] }))
  return (
    <>
      <Select
        label={dialog.carrier}
        data={choices}
        value={carrier}
        onChange={(value) => onChange({ carrier: value, confirmed: false })}
        searchable
        error={tried && carrier === null ? dialog.carrier_missing : null}
      />
      <TextInput
        label={dialog.slip_number}
        classNames={{ input: 'mono' }}
        value={slip}
        onChange={(event) => onChange({ slip: event.currentTarget.value, confirmed: false })}
        error={
          unlike && !confirmed
            ? dialog.slip_unlike
            : complaint === null || (slip === '' && !tried)
              ? null
              : dialog[complaint]
        }
      />
      {unlike ? (
        <Checkbox
          size="sm"
          label={dialog.slip_confirm}
          checked={confirmed}
          onChange={(event) => onChange({ confirmed: event.currentTarget.checked })}
        />
      ) : null}
      <TextInput
        type="date"
        label={dialog.shipped_on}
        description={dialog.shipped_on_hint}
        value={shippedOn}
        onChange={(event) => onChange({ shippedOn: event.currentTarget.value })}
      />
    </>
  )
}

/** What the cycles cost now: fixed before their card is charged. */
import { Link } from '@tanstack/react-router'
import type { Output } from '@choba/shared/contract.ts'
import type { subscriptions } from '@choba/shared/contracts/subscriptions.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Section } from '../../ui/facts/section.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'

type UsageResultProps = { readonly cycles: Output<typeof subscriptions.tellUsage>['cycles'] }

export function UsageResult({ cycles }: UsageResultProps) {
  const { subscription_usage: words, subscription_detail: detail } = useWords()
  const total = cycles.reduce((sum, { amountYen }) => sum + amountYen, 0)
  return (
    <Section title={words.result}>
      <p role="status">{fill(words.frozen, { amount: formatYen(total) })}</p>
      <PlainTable
        caption={words.result}
        columns={[{ name: words.code }, { name: words.number }, { name: words.result_amount, end: true }]}
        rows={cycles.map(({ id, code, number, amountYen }) => ({
          key: `${id}-${number}`,
          cells: [
            <Link key="code" to="/subscriptions/$id" params={{ id }} className="link-button mono">
              {code}
            </Link>,
            fill(detail.cycle, { number }),
            formatYen(amountYen),
          ],
        }))}
      />
    </Section>
  )
}

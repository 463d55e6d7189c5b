/** Where the characters stand that CP932 cannot write, each with a way to its order. */
import { Link } from '@tanstack/react-router'
import type { Output } from '@choba/shared/contract.ts'
import type { payments } from '@choba/shared/contracts/payments.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { formatCount } from '../../ui/money/format-yen.ts'

type Place = Output<typeof payments.checkExport>['unmappable'][number]

export function Unmappable({ places, count }: { readonly places: readonly Place[]; readonly count: number }) {
  const words = useWords()
  const dialog = words.export_dialog
  const names: Readonly<Record<string, string>> = { ...words.column, ...words.line_column }
  return (
    <>
      <p style={{ margin: '0 0 8px' }}>{dialog.unmappable_text}</p>
      <div style={{ maxHeight: 180, overflow: 'auto' }} tabIndex={0} role="region" aria-label={dialog.place}>
        <PlainTable
          caption={dialog.place}
          columns={[{ name: dialog.characters }, { name: dialog.place }, { name: words.detail.order_number }]}
          rows={places.map((place) => ({
            key: `${place.paymentId}-${place.column}`,
            cells: [
              <strong key="characters">{place.characters}</strong>,
              `${names[place.column] ?? place.column} ${place.value}`,
              <Link key="order" to="/payments/$id" params={{ id: place.paymentId }} className="link-button mono">
                {place.orderNumber}
              </Link>,
            ],
          }))}
        />
      </div>
      {places.length < count ? (
        <p style={{ margin: '6px 0 0' }}>{fill(dialog.unmappable_more, { count: formatCount(places.length) })}</p>
      ) : null}
    </>
  )
}

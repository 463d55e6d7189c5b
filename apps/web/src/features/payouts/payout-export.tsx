/** The list as CSV, as it is filtered. */
import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { PAYOUT_EXPORT_PATH } from '@choba/shared/contracts/payouts.ts'
import { EXPORT_ENCODINGS, type ExportEncoding } from '@choba/shared/filters/export.ts'
import { queryString } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import type { PayoutsSearch } from './payouts-search.ts'

export function PayoutExport({ search }: { readonly search: PayoutsSearch }) {
  const words = useWords()
  const language = useLanguage()
  const address = (encoding: ExportEncoding) =>
    `${PAYOUT_EXPORT_PATH}?${queryString({ ...search, encoding, language })}`
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          h={30}
          title={words.ledger.export_hint}
          leftSection={<IconDownload size={15} aria-hidden="true" />}
        >
          {words.payouts.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {EXPORT_ENCODINGS.map((encoding) => (
          <Menu.Item key={encoding} component="a" href={address(encoding)} download>
            {words.export_dialog[`encoding_${encoding}`]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

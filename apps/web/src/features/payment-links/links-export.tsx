/** The payment links as CSV; what Shift_JIS cannot write is asked about first. */
import { Button, Group, Menu, Modal, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { PAYMENT_LINK_EXPORT_PATH, paymentLinks } from '@choba/shared/contracts/payment-links.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call, queryString } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatCount } from '../../ui/money/format-yen.ts'
import { type LinkSearch, viewOf } from './link-search.ts'

export function LinksExport({ search }: { readonly search: LinkSearch }) {
  const { app, customer } = useWords()
  const language = useLanguage()
  const [missing, setMissing] = useState<{ readonly count: number; readonly characters: string } | null>(null)

  function download(encoding: 'utf8' | 'cp932', substitute?: 'geta'): void {
    window.location.assign(
      `${PAYMENT_LINK_EXPORT_PATH}?${queryString({ ...viewOf(search), encoding, language, substitute })}`,
    )
  }
  async function ask(): Promise<void> {
    try {
      const query = { ...viewOf(search), encoding: 'cp932', language } as const
      const { unmappableCount, unmappable } = await call(paymentLinks.checkExport, { query })
      if (unmappableCount === 0) download('cp932')
      else setMissing({ count: unmappableCount, characters: unmappable.join(' ') })
    } catch (error) {
      const { code } = asApiError(error)
      notifications.show({
        color: 'vermilion',
        title: customer.export_failed,
        message: label(language, 'error_advice', code),
      })
    }
  }
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" size="xs" h={30} leftSection={<IconDownload size={15} aria-hidden="true" />}>
            {customer.export}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => download('utf8')}>{customer.export_utf8}</Menu.Item>
          <Menu.Item onClick={() => void ask()}>{customer.export_cp932}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={missing !== null}
        onClose={() => setMissing(null)}
        title={customer.export}
        closeButtonProps={{ 'aria-label': app.close }}
      >
        <Text>
          {missing === null
            ? ''
            : fill(customer.export_missing, { count: formatCount(missing.count), characters: missing.characters })}
        </Text>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={() => setMissing(null)}>
            {app.cancel}
          </Button>
          <Button
            onClick={() => {
              setMissing(null)
              download('cp932', 'geta')
            }}
          >
            {customer.export_replace}
          </Button>
        </Group>
      </Modal>
    </>
  )
}

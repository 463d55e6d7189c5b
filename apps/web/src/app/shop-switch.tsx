/** One shop or all of them: a filter of the lists, kept in the address. */
import { Button, Menu } from '@mantine/core'
import { IconBuildingStore, IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMay, useSession } from '../api/session.ts'
import { parseLedgerSearch, without } from '../features/payments/ledger-search.ts'
import { useLanguage, useWords } from '../i18n/language.ts'
import { separatorIn } from '../i18n/separator.ts'

export function ShopSwitch() {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const navigate = useNavigate()
  const mayReadSales = useMay('sales.read')
  const chosen = useSearch({ strict: false, select: (search) => search.shop ?? [] })
  const shown =
    chosen.length === 0
      ? words.app.all_shops
      : shops
          .filter((shop) => chosen.includes(shop.id))
          .map((shop) => shop.name)
          .join(separatorIn(language))

  function choose(shopId: string | undefined): void {
    void navigate({
      to: '/payments',
      search: (before) => {
        const { open: _, ...rest } = without(parseLedgerSearch(before), ['shop'])
        return shopId === undefined ? rest : { ...rest, shop: [shopId] }
      },
    })
  }

  // It narrows the ledger.
  if (shops.length < 2 || !mayReadSales) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          h={30}
          visibleFrom="xs"
          leftSection={<IconBuildingStore size={15} aria-hidden="true" />}
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
          fw={400}
          maw={220}
          aria-label={`${words.app.shop}: ${shown}`}
        >
          {shown}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() => choose(undefined)}
          rightSection={chosen.length === 0 ? <IconCheck size={15} /> : null}
        >
          {words.app.all_shops}
        </Menu.Item>
        {shops.map((shop) => (
          <Menu.Item
            key={shop.id}
            onClick={() => choose(shop.id)}
            rightSection={chosen.length === 1 && chosen[0] === shop.id ? <IconCheck size={15} /> : null}
          >
            {shop.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

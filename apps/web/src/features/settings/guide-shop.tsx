import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { ShopDialog } from './shop-dialog.tsx'

export function ShopStep() {
  const { guide: words } = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      {shops.length === 0 ? null : <b>{shops.map(({ name }) => name).join(separatorIn(language))}</b>}
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {words.add_shop}
      </Button>
      {shops.length === 0 ? null : (
        <Button component={Link} to="/settings/shops" size="compact-sm" variant="subtle">
          {words.more_shops}
        </Button>
      )}
      {isOpen ? <ShopDialog shop={null} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

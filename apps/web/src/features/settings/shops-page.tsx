/** The merchant's name, whether it is live, and its shops. */
import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { merchant, type MerchantView } from '@choba/shared/contracts/merchant.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { failureText } from '../../ui/feedback/failure.tsx'
import { DemoRemoval } from './demo-removal.tsx'
import { ReadPage } from './read-page.tsx'
import styles from './settings.module.css'
import { ShopDialog, type ShopRow } from './shop-dialog.tsx'
import { useSetting } from '../../ui/feedback/use-setting.ts'

export function ShopsPage() {
  const words = useWords()
  const [open, setOpen] = useState<ShopRow | 'new' | null>(null)
  return (
    <ReadPage title={words.settings_section.shops} lead={words.settings_lead.shops} contract={merchant.get}>
      {(data) => (
        <>
          <MerchantForm key={data.name} merchant={data} />
          <div className={styles.sectionHead}>
            <h2 className={styles.sectionTitle}>{words.settings.shops}</h2>
            <Button size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setOpen('new')}>
              {words.settings.add_shop}
            </Button>
          </div>
          {data.shops.length === 0 ? <p className="soft">{words.settings.no_shops}</p> : null}
          <ul className={styles.list}>
            {data.shops.map((shop) => (
              <li key={shop.shopId} className={styles.line}>
                <span>
                  <b>{shop.name}</b> <span className="mono soft">{shop.code}</span>
                </span>
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`${shop.name}: ${words.settings.change}`}
                  onClick={() => setOpen(shop)}
                >
                  {words.settings.change}
                </Button>
              </li>
            ))}
          </ul>
          <DemoRemoval merchantName={data.name} />
          {open === null ? null : <ShopDialog shop={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
        </>
      )}
    </ReadPage>
  )
}

function MerchantForm({ merchant: { name, environment } }: { readonly merchant: MerchantView }) {
  const words = useWords()
  const [typed, setTyped] = useState(name)
  const saving = useSetting(() => call(merchant.rename, { body: { name: typed.trim() } }))
  const language = useLanguage()
  const failed = failedOf(saving.error)
  const isWhole = typed.trim() !== ''
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isWhole && typed.trim() !== name) saving.mutate(undefined)
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextInput
        label={words.settings.merchant_name}
        value={typed}
        maxLength={60}
        error={isWhole ? failed && failureText(language, failed) : words.settings.needed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <p className={styles.fact}>
        <span className="soft">{words.settings.environment}</span> {words.environment[environment]}
        <span className={styles.entryLead}>{words.environment_hint[environment]}</span>
      </p>
      <Button
        type="submit"
        size="compact-sm"
        variant="default"
        disabled={typed.trim() === name}
        loading={saving.isPending}
      >
        {words.app.save}
      </Button>
    </form>
  )
}

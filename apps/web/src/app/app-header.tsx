import { Burger, Tooltip } from '@mantine/core'
import { useOs } from '@mantine/hooks'
import { IconPlugConnectedX, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useSession } from '../api/session.ts'
import { useWords } from '../i18n/language.ts'
import { Seal } from '../ui/mark/seal.tsx'
import { InboxBell } from './inbox-bell.tsx'
import styles from './shell.module.css'
import { ShopSwitch } from './shop-switch.tsx'
import type { AccountSettings } from './use-account-settings.ts'
import { UserMenu } from './user-menu.tsx'
import { WorkIndicator } from './work-indicator.tsx'

type AppHeaderProps = {
  readonly navOpen: boolean
  readonly onToggleNav: () => void
  readonly onFind: () => void
  readonly onHelp: () => void
  readonly settings: AccountSettings
  readonly live: { readonly lost: boolean }
}

export function AppHeader({ navOpen, onToggleNav, onFind, onHelp, settings, live }: AppHeaderProps) {
  const words = useWords()
  const session = useSession()
  const os = useOs()
  const key = os === 'macos' || os === 'ios' ? '⌘K' : 'Ctrl K'
  return (
    <div className={styles.header}>
      <Burger opened={navOpen} onClick={onToggleNav} hiddenFrom="sm" size="sm" aria-label={words.app.menu} />
      <Link to="/" className={styles.brand} aria-label={words.app.name}>
        <Seal />
        <span>{words.app.name}</span>
      </Link>
      <span className={styles.merchant}>{session.merchant.name}</span>
      {session.environment === 'sandbox' ? (
        <Tooltip label={words.app.sandbox_hint}>
          <span className={styles.environment}>{words.app.sandbox}</span>
        </Tooltip>
      ) : null}
      <span className={styles.grow} />
      {live.lost ? (
        <Tooltip label={words.app.live_updates_lost}>
          <IconPlugConnectedX size={18} color="var(--urgent)" role="img" aria-label={words.app.live_updates_lost} />
        </Tooltip>
      ) : null}
      <InboxBell />
      <WorkIndicator />
      <ShopSwitch />
      <button type="button" className={styles.find} onClick={onFind} aria-label={`${words.app.palette} ${key}`}>
        <IconSearch size={15} aria-hidden="true" />
        <span className={styles.findText}>{words.app.palette}</span>{' '}
        <kbd className={`${styles.findText} mono`}>{key}</kbd>
      </button>
      <UserMenu settings={settings} onHelp={onHelp} />
    </div>
  )
}

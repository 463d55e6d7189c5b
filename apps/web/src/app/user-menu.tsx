import { Menu, SegmentedControl } from '@mantine/core'
import { IconDevices, IconKeyboard, IconLogout, IconShieldLock } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { session as sessionContract } from '@choba/shared/contracts/session.ts'
import { LANGUAGES } from '@choba/shared/labels/labels.ts'
import { call } from '../api/call.ts'
import { signOut, useSession } from '../api/session.ts'
import { useWords } from '../i18n/language.ts'
import styles from './shell.module.css'
import { THEMES } from './theme-choice.ts'
import type { AccountSettings } from './use-account-settings.ts'

const LANGUAGE_NAMES = { ja: '日本語', en: 'English' } as const

export function UserMenu({ settings, onHelp }: { readonly settings: AccountSettings; readonly onHelp: () => void }) {
  const words = useWords()
  const { user, role, roleName } = useSession()
  const leave = useLeave()
  return (
    <Menu position="bottom-end" width={248} trapFocus>
      <Menu.Target>
        <button type="button" className={styles.avatar} aria-label={`${words.app.account}: ${user.name}`}>
          {[...user.name][0] ?? '?'}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.person}>
          <div className={styles.personName}>{user.name}</div>
          <div className="soft line">{user.email}</div>
          <div className="soft">{roleName ?? words.role[role]}</div>
        </div>
        <Menu.Divider />
        <div className={styles.setting}>
          <div className={styles.settingName} id="menu-language">
            {words.app.language}
          </div>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby="menu-language"
            value={settings.language}
            onChange={settings.setLanguage}
            data={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
          />
        </div>
        <div className={styles.setting}>
          <div className={styles.settingName} id="menu-theme">
            {words.app.theme}
          </div>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby="menu-theme"
            value={settings.theme}
            onChange={settings.setTheme}
            data={THEMES.map((theme) => ({ value: theme, label: words.app[`theme_${theme}`] }))}
          />
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconShieldLock size={16} />} component={Link} to="/account/security">
          {words.own_security.title}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onHelp}>
          {words.app.keyboard}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => leave.mutate('left')}>
          {words.app.sign_out}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconDevices size={16} />}
          onClick={() => {
            if (window.confirm(words.app.sign_out_everywhere_confirm)) leave.mutate('everywhere')
          }}
        >
          {words.app.sign_out_everywhere}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function useLeave() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    async mutationFn(why: 'left' | 'everywhere') {
      if (why === 'everywhere') await call(sessionContract.signOutEverywhere, {})
      else await signOut()
      return why
    },
    async onSuccess(why) {
      await navigate({ to: '/sign-in', search: { why } })
      queryClient.clear()
    },
  })
}

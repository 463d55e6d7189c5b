/** The frame of every signed-in screen: header, navigation, and what listens everywhere. */
import { AppShell, MantineThemeProvider } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'
import { Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useWords } from '../i18n/language.ts'
import { useShortcuts } from '../ui/keyboard/use-shortcuts.ts'
import { AppHeader } from './app-header.tsx'
import { AppNav } from './app-nav.tsx'
import { useAccountSettings } from './use-account-settings.ts'
import { useLiveUpdates } from './use-live-updates.ts'
import { usePaletteKey } from './use-palette-key.ts'
import { useStale } from './use-work.ts'

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })))
const StaleBanner = lazy(() => import('./stale-banner.tsx').then((module) => ({ default: module.StaleBanner })))
const KeyboardHelp = lazy(() => import('./keyboard-help.tsx').then((module) => ({ default: module.KeyboardHelp })))

export function ConsoleShell() {
  const words = useWords()
  const { pathname } = useLocation()
  const [navOpen, { toggle: toggleNav, close: closeNav }] = useDisclosure(false)
  const [helpOpen, help] = useDisclosure(false)
  const [paletteCalls, setPaletteCalls] = useState(0)
  const callPalette = () => setPaletteCalls((calls) => calls + 1)
  const settings = useAccountSettings()
  const live = useLiveUpdates()
  const stale = useStale(pathname)
  usePaletteKey(callPalette)
  useShortcuts({ '?': help.open })
  useEffect(() => closeNav(), [pathname, closeNav])

  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 184, breakpoint: 'sm', collapsed: { mobile: !navOpen } }}
      transitionDuration={0}
    >
      <a className="skip-link" href="#content">
        {words.app.skip}
      </a>
      <AppShell.Header>
        <AppHeader
          navOpen={navOpen}
          onToggleNav={toggleNav}
          onFind={callPalette}
          onHelp={help.open}
          settings={settings}
          live={live}
        />
      </AppShell.Header>
      <AppShell.Navbar aria-label={words.app.menu}>
        <AppNav />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <Suspense fallback={null}>{stale.length > 0 ? <StaleBanner failing={stale} /> : null}</Suspense>
        <Outlet />
      </AppShell.Main>
      {/* Each message makes its own close button, and has no other way to learn its name. */}
      <MantineThemeProvider
        theme={{
          components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': words.app.close } } } },
        }}
      >
        <Notifications position="bottom-left" autoClose={5000} transitionDuration={150} />
      </MantineThemeProvider>
      <Suspense fallback={null}>
        {paletteCalls > 0 ? <Palette calls={paletteCalls} onHelp={help.open} settings={settings} /> : null}
        {helpOpen ? <KeyboardHelp onClose={help.close} /> : null}
      </Suspense>
    </AppShell>
  )
}

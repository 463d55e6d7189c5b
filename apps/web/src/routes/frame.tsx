/** What every address hangs from: the root, and the frame of whoever is signed in. */
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { ApiError } from '../api/api-error.ts'
import { preferencesQuery } from '../api/preferences.ts'
import { sessionQuery } from '../api/session.ts'
import { CrashPage } from '../app/crash-page.tsx'
import { NotFoundPage } from '../app/not-found-page.tsx'
import { currentLanguage, loadWords } from '../i18n/language.ts'

export async function loadShell() {
  const [{ ConsoleShell }] = await Promise.all([import('../app/console-shell.tsx'), loadWords(currentLanguage())])
  return { ConsoleShell }
}

export const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: CrashPage,
})

export const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'console',
  async beforeLoad({ context, location }) {
    try {
      const [{ needsSecondFactor }] = await Promise.all([
        context.queryClient.ensureQueryData(sessionQuery),
        context.queryClient.ensureQueryData(preferencesQuery),
        loadWords(currentLanguage()),
      ])
      if (needsSecondFactor && location.pathname !== '/account/security') throw redirect({ to: '/account/security' })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'auth.required')
        throw redirect({ to: '/sign-in', search: { from: location.href } })
      if (error instanceof ApiError && error.code === 'auth.address_refused')
        throw redirect({ to: '/sign-in', search: { why: 'address' } })
      throw error
    }
  },
  component: lazyRouteComponent(loadShell, 'ConsoleShell'),
})

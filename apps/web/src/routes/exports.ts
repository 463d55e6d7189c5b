/** The export centre. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from './frame.tsx'
import { parseSchedulesSearch } from './searches.ts'

const exportList = createRoute({
  getParentRoute: () => signedIn,
  path: '/exports',
  component: lazyRouteComponent(() => import('../features/exports/exports-page.tsx'), 'ExportsPage'),
})

const exportSchedules = createRoute({
  getParentRoute: () => signedIn,
  path: '/exports/schedules',
  validateSearch: parseSchedulesSearch,
  component: lazyRouteComponent(() => import('../features/exports/schedules-page.tsx'), 'SchedulesPage'),
})

export const exportRoutes = [exportList, exportSchedules] as const

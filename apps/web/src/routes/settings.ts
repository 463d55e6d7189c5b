/** The settings: each section is an address under one layout. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { parseAuditSearch } from '../features/audit-log/audit-search.ts'
import { signedIn } from './frame.tsx'

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-layout.tsx'), 'SettingsLayout'),
})

const settingsList = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
})

const guide = createRoute({
  getParentRoute: () => settings,
  path: 'guide',
  component: lazyRouteComponent(() => import('../features/settings/guide-page.tsx'), 'GuidePage'),
})

const shops = createRoute({
  getParentRoute: () => settings,
  path: 'shops',
  component: lazyRouteComponent(() => import('../features/settings/shops-page.tsx'), 'ShopsPage'),
})

const connections = createRoute({
  getParentRoute: () => settings,
  path: 'connections',
  component: lazyRouteComponent(() => import('../features/settings/connections-page.tsx'), 'ConnectionsPage'),
})

const people = createRoute({
  getParentRoute: () => settings,
  path: 'people',
  component: lazyRouteComponent(() => import('../features/people/people-page.tsx'), 'PeoplePage'),
})

const security = createRoute({
  getParentRoute: () => settings,
  path: 'security',
  component: lazyRouteComponent(() => import('../features/security/security-page.tsx'), 'SecurityPage'),
})

const safety = createRoute({
  getParentRoute: () => settings,
  path: 'safety',
  component: lazyRouteComponent(() => import('../features/settings/safety-page.tsx'), 'SafetyPage'),
})

const privacy = createRoute({
  getParentRoute: () => settings,
  path: 'privacy',
  component: lazyRouteComponent(() => import('../features/settings/privacy-page.tsx'), 'PrivacyPage'),
})

const notifications = createRoute({
  getParentRoute: () => settings,
  path: 'notifications',
  component: lazyRouteComponent(() => import('../features/settings/notifications-page.tsx'), 'NotificationsPage'),
})

const templates = createRoute({
  getParentRoute: () => settings,
  path: 'templates',
  component: lazyRouteComponent(() => import('../features/settings/templates-page.tsx'), 'TemplatesPage'),
})

const reasons = createRoute({
  getParentRoute: () => settings,
  path: 'reasons',
  component: lazyRouteComponent(() => import('../features/settings/reasons-page.tsx'), 'ReasonsPage'),
})

const tags = createRoute({
  getParentRoute: () => settings,
  path: 'tags',
  component: lazyRouteComponent(() => import('../features/settings/tags-page.tsx'), 'TagsPage'),
})

const mail = createRoute({
  getParentRoute: () => settings,
  path: 'mail',
  component: lazyRouteComponent(() => import('../features/mail/mail-page.tsx'), 'MailPage'),
})

const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: 'api-keys',
  component: lazyRouteComponent(() => import('../features/developer/keys-page.tsx'), 'KeysPage'),
})

const webhooks = createRoute({
  getParentRoute: () => settings,
  path: 'webhooks',
  component: lazyRouteComponent(() => import('../features/developer/webhooks-page.tsx'), 'WebhooksPage'),
})

const audit = createRoute({
  getParentRoute: () => settings,
  path: 'audit',
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(() => import('../features/audit-log/audit-page.tsx'), 'AuditPage'),
})

const accounts = createRoute({
  getParentRoute: () => settings,
  path: 'accounts',
  component: lazyRouteComponent(() => import('../features/journal/chart-page.tsx'), 'ChartPage'),
})

const calendar = createRoute({
  getParentRoute: () => settings,
  path: 'calendar',
  component: lazyRouteComponent(() => import('../features/calendar/calendar-page.tsx'), 'CalendarPage'),
})

const api = createRoute({
  getParentRoute: () => settings,
  path: 'api',
  component: lazyRouteComponent(() => import('../features/developer/reference-page.tsx'), 'ReferencePage'),
})

export const settingsRoutes = settings.addChildren([
  settingsList,
  guide,
  shops,
  connections,
  people,
  security,
  safety,
  privacy,
  audit,
  notifications,
  templates,
  reasons,
  tags,
  mail,
  apiKeys,
  webhooks,
  api,
  calendar,
  accounts,
])

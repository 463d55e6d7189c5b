/** The sections of the settings, in their order: a new one is a line here, an icon in section-icons.ts, and two words (settings_section, settings_lead). */
import type { LinkProps } from '@tanstack/react-router'
import { may, type Holder, type Permission } from '@choba/shared/permissions.ts'
import type { Labels } from '@choba/shared/labels/types.ts'

export type SectionName = keyof Labels['settings_section']

export type Section = {
  readonly name: SectionName
  /** A page under /settings is drawn beside the list; one that lives elsewhere is only linked. */
  readonly to: NonNullable<LinkProps['to']>
  readonly search?: Readonly<Record<string, string>>
  readonly permission: Permission
}

export const SECTIONS: readonly Section[] = [
  { name: 'guide', to: '/settings/guide', permission: 'settings.manage' },
  { name: 'shops', to: '/settings/shops', permission: 'settings.manage' },
  { name: 'connections', to: '/settings/connections', permission: 'settings.manage' },
  { name: 'people', to: '/settings/people', permission: 'people.manage' },
  { name: 'security', to: '/settings/security', permission: 'security.manage' },
  { name: 'safety', to: '/settings/safety', permission: 'security.manage' },
  { name: 'privacy', to: '/settings/privacy', permission: 'settings.manage' },
  { name: 'audit', to: '/settings/audit', permission: 'audit.read' },
  { name: 'contracts', to: '/contracts', permission: 'contracts.read' },
  { name: 'calendar', to: '/settings/calendar', permission: 'settings.manage' },
  { name: 'accounts', to: '/settings/accounts', permission: 'journal.read' },
  { name: 'carriers', to: '/shipments', search: { tab: 'carriers' }, permission: 'carriers.manage' },
  { name: 'reasons', to: '/settings/reasons', permission: 'settings.manage' },
  { name: 'notifications', to: '/settings/notifications', permission: 'settings.manage' },
  { name: 'tags', to: '/settings/tags', permission: 'settings.manage' },
  { name: 'templates', to: '/settings/templates', permission: 'templates.write' },
  { name: 'mail', to: '/settings/mail', permission: 'settings.manage' },
  { name: 'api_keys', to: '/settings/api-keys', permission: 'keys.manage' },
  { name: 'webhooks', to: '/settings/webhooks', permission: 'webhooks.manage' },
  { name: 'api', to: '/settings/api', permission: 'developer.read' },
]

export function sectionsFor(holder: Holder): Section[] {
  return SECTIONS.filter(({ permission }) => may(holder, permission))
}

/** Apart from the table itself: the navigation reads that before the first paint. */
import {
  IconApi,
  IconBook2,
  IconBuildingStore,
  IconChecks,
  IconCalendarOff,
  IconContract,
  IconHistory,
  IconKey,
  IconListCheck,
  IconPlugConnected,
  IconShieldLock,
  IconTruckDelivery,
  IconUserShield,
  IconUserCog,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react'
import type { SectionName } from './sections.ts'

export const SECTION_ICONS: Readonly<Record<SectionName, TablerIcon>> = {
  guide: IconListCheck,
  shops: IconBuildingStore,
  connections: IconPlugConnected,
  people: IconUserCog,
  security: IconShieldLock,
  safety: IconChecks,
  privacy: IconUserShield,
  audit: IconHistory,
  contracts: IconContract,
  accounts: IconBook2,
  calendar: IconCalendarOff,
  carriers: IconTruckDelivery,
  api_keys: IconKey,
  webhooks: IconWebhook,
  api: IconApi,
}

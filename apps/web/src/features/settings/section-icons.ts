/** Apart from the table itself: the navigation reads that before the first paint. */
import {
  IconApi,
  IconBuildingStore,
  IconChecks,
  IconContract,
  IconHistory,
  IconKey,
  IconListCheck,
  IconPlugConnected,
  IconShieldLock,
  IconTruckDelivery,
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
  audit: IconHistory,
  contracts: IconContract,
  carriers: IconTruckDelivery,
  api_keys: IconKey,
  webhooks: IconWebhook,
  api: IconApi,
}

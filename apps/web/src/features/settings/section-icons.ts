/** Apart from the table itself: the navigation reads that before the first paint. */
import {
  IconBuildingStore,
  IconContract,
  IconPlugConnected,
  IconShieldLock,
  IconTruckDelivery,
  IconUserCog,
  type TablerIcon,
} from '@tabler/icons-react'
import type { SectionName } from './sections.ts'

export const SECTION_ICONS: Readonly<Record<SectionName, TablerIcon>> = {
  shops: IconBuildingStore,
  connections: IconPlugConnected,
  people: IconUserCog,
  security: IconShieldLock,
  contracts: IconContract,
  carriers: IconTruckDelivery,
}

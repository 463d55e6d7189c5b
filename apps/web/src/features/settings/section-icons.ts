/** Apart from the table itself: the navigation reads that before the first paint. */
import { IconContract, IconShieldLock, IconTruckDelivery, IconUserCog, type TablerIcon } from '@tabler/icons-react'
import type { SectionName } from './sections.ts'

export const SECTION_ICONS: Readonly<Record<SectionName, TablerIcon>> = {
  people: IconUserCog,
  security: IconShieldLock,
  contracts: IconContract,
  carriers: IconTruckDelivery,
}

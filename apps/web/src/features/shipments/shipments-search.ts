/** The address of the workbench: `/shipments?tab=reported&q=A-1`. */
export const WORKBENCH_TABS = ['ready', 'reported', 'carriers'] as const
export type WorkbenchTab = (typeof WORKBENCH_TABS)[number]

export type ShipmentsSearch = { readonly tab?: WorkbenchTab; readonly shop?: string; readonly q?: string }

export function parseShipmentsSearch(raw: Record<string, unknown>): ShipmentsSearch {
  const tab = WORKBENCH_TABS.find((known) => known === raw.tab)
  return {
    ...(tab === undefined || tab === 'ready' ? {} : { tab }),
    ...(typeof raw.shop === 'string' && /^[0-9a-f-]{36}$/.test(raw.shop) ? { shop: raw.shop } : {}),
    ...(typeof raw.q === 'string' && raw.q.trim() !== '' ? { q: raw.q.slice(0, 100) } : {}),
  }
}

/** Whose days a merchant's calendar knows: the nation's, the merchant's own, and those of each provider. */
export const CALENDAR_SCOPES = ['nation', 'shop', 'np', 'sbps'] as const
export type CalendarScope = (typeof CALENDAR_SCOPES)[number]

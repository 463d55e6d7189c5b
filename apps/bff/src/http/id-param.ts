import { AppError } from '../core/app-error.ts'
import { isUuid } from '../core/uuid.ts'

/** The id in an address. @throws AppError resource.not_found: what is no id names nothing */
export function idOf(text: string): string {
  if (!isUuid(text)) throw new AppError('resource.not_found', { id: text })
  return text
}

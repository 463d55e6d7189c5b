import { AppError } from '../core/app-error.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The id in an address. @throws AppError resource.not_found: what is no id names nothing */
export function idOf(text: string): string {
  if (!UUID.test(text)) throw new AppError('resource.not_found', { id: text })
  return text
}

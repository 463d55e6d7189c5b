import { AppError } from '../../core/app-error.ts'
import { addressProblem, type Environment } from '../../core/open-address.ts'

/** @throws AppError webhook.address with `details.reason`: scheme, credentials, private */
export function checkAddress(url: string, environment: Environment): void {
  const reason = addressProblem(url, environment)
  if (reason !== null) throw new AppError('webhook.address', { reason })
}

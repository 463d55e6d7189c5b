import { may, type Permission } from '@choba/shared/permissions.ts'
import { AppError } from './app-error.ts'
import type { Session } from './session.ts'

/** @throws AppError auth.second_factor_required while one is asked for, auth.forbidden */
export function requirePermission(session: Session, permission: Permission): void {
  if (session.needsSecondFactor === true) throw new AppError('auth.second_factor_required')
  if (!may(session, permission)) throw new AppError('auth.forbidden', { permission })
}

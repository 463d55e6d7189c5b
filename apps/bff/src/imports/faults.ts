import type { ImportFault } from '@choba/shared/contracts/imports.ts'

type Params = ImportFault['params']

export function error(field: string | null, code: string, params: Params = {}): ImportFault {
  return { field, code, level: 'error', params }
}

export function warning(field: string | null, code: string, params: Params = {}): ImportFault {
  return { field, code, level: 'warning', params }
}

/** A warning stops a row until a person has confirmed it. */
export function isStopped(faults: readonly ImportFault[], confirmed: boolean): boolean {
  return faults.some((fault) => fault.level === 'error' || !confirmed)
}

/** What of the form NP would refuse or hold, by field, and what only a form can get wrong: numbers that are none. */
import { type KnownPlaces, npOrderFaults, type OrderFault } from '@choba/shared/checks/np-order.ts'
import { type OrderForm, orderOf, priceOf, quantityOf } from './order-form.ts'

export type LineFault = {
  readonly field: string
  readonly line: number
  readonly problem: 'price_wrong' | 'quantity_wrong'
}

export type FormChecks = {
  readonly errors: readonly OrderFault[]
  readonly warnings: readonly OrderFault[]
  readonly lines: readonly LineFault[]
  /** Faults of one field, errors first. */
  of(field: string): readonly OrderFault[]
}

const OF_THE_SUM: readonly string[] = ['goods_missing', 'amount_not_positive']

export function checkForm(form: OrderForm, places: KnownPlaces, now: Date): FormChecks {
  const faults = npOrderFaults(orderOf(form, now), places).map((fault) => onFormLine(form, fault))
  const lines = form.lines.flatMap((line, index): LineFault[] => [
    ...(priceOf(line) === undefined
      ? [{ field: `lines.${index}.price`, line: index, problem: 'price_wrong' } as const]
      : []),
    ...(quantityOf(line) === undefined
      ? [{ field: `lines.${index}.quantity`, line: index, problem: 'quantity_wrong' } as const]
      : []),
  ])
  // While a line is unfinished its sum is no news.
  const errors = faults.filter(
    ({ severity, problem }) => severity === 'error' && !(lines.length > 0 && OF_THE_SUM.includes(problem)),
  )
  const warnings = faults.filter((fault) => fault.severity === 'warning')
  return {
    errors,
    warnings,
    lines,
    of: (field) => [...errors, ...warnings].filter((fault) => fault.field === field),
  }
}

/** The order leaves out lines that cannot be reckoned, so its third line may be the form's fourth. */
function onFormLine(form: OrderForm, fault: OrderFault): OrderFault {
  const [, index, leaf] = /^goods\.(\d+)\.(\w+)$/.exec(fault.field) ?? []
  if (index === undefined) return fault
  const reckoned = form.lines.flatMap((line, at) =>
    priceOf(line) === undefined || quantityOf(line) === undefined ? [] : [at],
  )
  return { ...fault, field: `goods.${reckoned[Number(index)] ?? index}.${leaf}` }
}

/** The field to go to first, in the order of the form. */
export function firstFault({ errors, lines }: FormChecks): string | undefined {
  return errors[0]?.field ?? lines[0]?.field
}

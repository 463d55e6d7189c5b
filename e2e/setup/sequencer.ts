import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** These move the clock of the whole product: after the others, and the longer way after the shorter. */
const LAST = [
  /\/e2e\/subscriptions\.test\.ts$/,
  /\/e2e\/links\.test\.ts$/,
  /\/e2e\/live\.test\.ts$/,
  /\/e2e\/month-end\.test\.ts$/,
  /\/e2e\/np-story\.test\.ts$/,
]

export class LiveLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  return LAST.findIndex((file) => file.test(moduleId))
}

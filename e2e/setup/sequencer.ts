import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Moves the clock of the whole product, so nothing may come after it. */
const LAST = /\/e2e\/(np-story|live)\.test\.ts$/

export class LiveLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => Number(LAST.test(a.moduleId)) - Number(LAST.test(b.moduleId)))
  }
}

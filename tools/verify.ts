/** `npm run verify`: types, lint, dead code and format, in seconds. */
import { describeResult, runChecks } from './checks.ts'

const results = await runChecks((result) => console.log(describeResult(result)))
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1

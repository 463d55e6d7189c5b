/** A reason the product cannot start that the person at the terminal can act on: shown as one sentence, without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

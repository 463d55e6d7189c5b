/** Single-letter shortcuts rest while someone writes, composes Japanese, or holds a modifier. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'isComposing' | 'keyCode' | 'ctrlKey' | 'metaKey' | 'altKey' | 'defaultPrevented'
> & {
  readonly target: EventTarget | null
}

/** Browsers report this code for keys that belong to an input method, some of them without `isComposing`. */
const IME_KEY_CODE = 229

const WRITING =
  'input:not([type=checkbox],[type=radio],[type=button]), textarea, select, [contenteditable="true"], [role=combobox], [role=listbox], [role=menu]'

export function isComposing(press: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean {
  return press.isComposing || press.keyCode === IME_KEY_CODE
}

export function isShortcut(press: KeyPress): boolean {
  if (press.defaultPrevented || isComposing(press)) return false
  if (press.ctrlKey || press.metaKey || press.altKey) return false
  return !isWriting(press.target)
}

function isWriting(target: EventTarget | null): boolean {
  const element = target as { closest?: (selector: string) => unknown } | null
  return typeof element?.closest === 'function' && element.closest(WRITING) !== null
}

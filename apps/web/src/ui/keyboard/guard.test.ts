import { describe, expect, test } from 'vitest'
import { isShortcut, type KeyPress } from './guard.ts'

function press(over: Partial<KeyPress> = {}): KeyPress {
  return {
    key: 'j',
    isComposing: false,
    keyCode: 74,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    defaultPrevented: false,
    target: within(null),
    ...over,
  }
}

/** An element inside what the selector finds, or inside nothing of note. */
function within(found: string | null): EventTarget {
  return {
    closest: (selector: string) => (found !== null && selector.includes(found) ? {} : null),
  } as unknown as EventTarget
}

describe('a key is a shortcut', () => {
  test('when nobody is writing', () => {
    expect(isShortcut(press())).toBe(true)
  })

  test.each([
    ['an IME is composing', { isComposing: true }],
    ['the key belongs to an input method', { keyCode: 229 }],
    ['Control is held', { ctrlKey: true }],
    ['Command is held', { metaKey: true }],
    ['Alt is held', { altKey: true }],
    ['someone else has taken it', { defaultPrevented: true }],
    ['it is typed into a text field', { target: within('textarea') }],
    ['it is typed into an open list', { target: within('[role=listbox]') }],
  ] as const)('but not when %s', (_, over) => {
    expect(isShortcut(press(over))).toBe(false)
  })
})

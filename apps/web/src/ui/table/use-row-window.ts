/** The window on a long list of which only some pages are loaded: asks for more at both ends and holds the place. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'

/** Rows drawn beyond the edge, so that quick scrolling shows no gap. */
const OVERSCAN = 10
/** More is asked for while this many rows are still to come. */
const AHEAD = 30
/** Placeholders below the last loaded row while more are coming. */
export const COMING = 3

export function useRowWindow(input: {
  readonly scroller: RefObject<HTMLElement | null>
  readonly ids: readonly string[]
  /** Rows above the first loaded one. */
  readonly above: number
  readonly more: boolean
  readonly rowHeight: number
  readonly paddingStart?: number
  readonly onReachStart: () => void
  readonly onReachEnd: () => void
}) {
  const { scroller, ids, above, more, rowHeight, paddingStart = 0 } = input
  const loadedEnd = above + ids.length
  const virtualizer = useVirtualizer({
    count: loadedEnd + (more ? COMING : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollPaddingStart: paddingStart,
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0

  const reachStart = useEffectEvent(input.onReachStart)
  const reachEnd = useEffectEvent(input.onReachEnd)
  useEffect(() => {
    if (above > 0 && first < above + AHEAD) reachStart()
  }, [above, first])
  useEffect(() => {
    if (more && last >= loadedEnd - AHEAD) reachEnd()
  }, [more, last, loadedEnd])

  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  useHeldPlace({ scroller, ids, above, rowHeight })
  return { virtualizer, items }
}

/** When rows come in above the top visible one, the list moves with them, unless the reader is at the very top. */
function useHeldPlace(input: {
  readonly scroller: RefObject<HTMLElement | null>
  readonly ids: readonly string[]
  readonly above: number
  readonly rowHeight: number
}): void {
  const { scroller, ids, above, rowHeight } = input
  const held = useRef<{ readonly id: string; readonly index: number } | null>(null)

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    const before = held.current
    const now = before === null ? -1 : ids.indexOf(before.id)
    if (before !== null && now >= 0 && above + now !== before.index && element.scrollTop > rowHeight) {
      element.scrollTop += (above + now - before.index) * rowHeight
    }
    function hold(): void {
      const index = Math.floor((element?.scrollTop ?? 0) / rowHeight)
      const id = ids[index - above]
      held.current = id === undefined ? null : { id, index }
    }
    hold()
    element.addEventListener('scroll', hold, { passive: true })
    return () => element.removeEventListener('scroll', hold)
  }, [scroller, ids, above, rowHeight])
}

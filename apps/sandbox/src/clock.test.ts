import { describe, expect, it, vi } from 'vitest'
import { createTestDeps, TEST_START } from './testing/deps.ts'

const DAY_MS = 86_400_000

/** Every task writes what it saw and plans the next one, as payments do. */
function playSixtyDays(steps: number): string[] {
  const { clock, schedule, store } = createTestDeps()
  const seen: string[] = []
  schedule.on<{ name: string; everyHours: number }>('repeat', (payload, now) => {
    seen.push(`${payload.name} ${clock.now().toISOString()} ${store.nextNumber('seen')}`)
    schedule.at(new Date(now.getTime() + payload.everyHours * 3_600_000), 'repeat', payload)
  })
  schedule.at(TEST_START, 'repeat', { name: 'a', everyHours: 7 })
  schedule.at(TEST_START, 'repeat', { name: 'b', everyHours: 24 })
  schedule.at(new Date(TEST_START.getTime() + 5), 'repeat', { name: 'c', everyHours: 31 })
  for (let step = 1; step <= steps; step += 1) {
    clock.moveTo(new Date(TEST_START.getTime() + (step * 60 * DAY_MS) / steps))
  }
  return [...seen, clock.now().toISOString()]
}

describe('the clock', () => {
  it('runs with real time', () => {
    const { clock, realTime } = createTestDeps()
    realTime.ms += 1_500
    expect(clock.now().getTime()).toBe(TEST_START.getTime() + 1_500)
  })

  it('runs on from where it was moved to', () => {
    const { clock, realTime } = createTestDeps()
    clock.moveTo(new Date(TEST_START.getTime() + DAY_MS))
    realTime.ms += 10
    expect(clock.now().getTime()).toBe(TEST_START.getTime() + DAY_MS + 10)
  })

  it('refuses to move back', () => {
    const { clock } = createTestDeps()
    expect(() => clock.moveTo(new Date(TEST_START.getTime() - 1))).toThrow(RangeError)
    expect(() => clock.moveTo(new Date(Number.NaN))).toThrow(RangeError)
  })

  it('ends in the same state after one step of sixty days and after sixty of one day', () => {
    const once = playSixtyDays(1)
    expect(once.length).toBeGreaterThan(300)
    expect(playSixtyDays(60)).toEqual(once)
  })

  it('stands at the instant of each task while it runs, in time order', () => {
    const { clock, schedule } = createTestDeps()
    const seen: number[] = []
    schedule.on('note', () => seen.push(clock.now().getTime() - TEST_START.getTime()))
    for (const ms of [50, 10, 30, 20, 40]) schedule.at(new Date(TEST_START.getTime() + ms), 'note', null)
    expect(clock.moveTo(new Date(TEST_START.getTime() + 45))).toBe(4)
    expect(seen).toEqual([10, 20, 30, 40])
  })
})

describe('the schedule', () => {
  it('runs what real time has made due', () => {
    const { schedule, realTime } = createTestDeps()
    const seen: unknown[] = []
    schedule.on('note', (payload) => seen.push(payload))
    schedule.at(new Date(TEST_START.getTime() + 100), 'note', 'x')
    expect(schedule.tick()).toBe(0)
    realTime.ms += 100
    expect(schedule.dueCount()).toBe(1)
    expect(schedule.tick()).toBe(1)
    expect(seen).toEqual(['x'])
    expect(schedule.tick()).toBe(0)
  })

  it('lets a task that is late see its own instant', () => {
    const { clock, schedule, realTime } = createTestDeps()
    const seen: string[] = []
    schedule.on('note', () => seen.push(clock.now().toISOString()))
    schedule.at(TEST_START, 'note', null)
    realTime.ms += 3 * 3_600_000
    schedule.tick()
    expect(seen).toEqual([TEST_START.toISOString()])
    expect(clock.now().getTime()).toBe(realTime.ms)
  })

  it('does not run a cancelled task, nor one made in a transaction that failed', () => {
    const { clock, schedule, store } = createTestDeps()
    const seen: unknown[] = []
    schedule.on('note', (payload) => seen.push(payload))
    schedule.cancel(schedule.at(new Date(TEST_START.getTime() + 1), 'note', 'cancelled'))
    expect(() =>
      store.transaction(() => {
        schedule.at(new Date(TEST_START.getTime() + 1), 'note', 'rolled back')
        throw new Error('refused')
      }),
    ).toThrow('refused')
    schedule.at(new Date(TEST_START.getTime() + 5), 'note', 'real')
    clock.moveTo(new Date(TEST_START.getTime() + 2))
    expect(seen).toEqual([])
    clock.moveTo(new Date(TEST_START.getTime() + 9))
    expect(seen).toEqual(['real'])
  })

  it('puts a broken task aside with its changes undone, and runs the others', () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { clock, schedule, store } = createTestDeps()
    const notes = store.table<string>('note')
    schedule.on('break', () => {
      notes.put('half', 'written')
      throw new Error('mistake')
    })
    schedule.on('note', () => notes.put('other', 'written'))
    schedule.at(TEST_START, 'break', null)
    schedule.at(TEST_START, 'note', null)
    clock.moveTo(new Date(TEST_START.getTime() + 1))
    expect([...notes.values()]).toEqual(['written'])
    expect(notes.get('half')).toBeUndefined()
    expect(schedule.failedCount()).toBe(1)
    expect(log).toHaveBeenCalledOnce()
    log.mockRestore()
  })
})

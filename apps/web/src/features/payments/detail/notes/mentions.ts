/** Who is meant by `@name` in a note: names have spaces, begin alike, and two people may share one. */
import type { NotePerson } from '@choba/shared/contracts/notes.ts'

const AT = /[@＠]/

/** A part of a note: plain words, or a name with who it means. */
type Part = { readonly text: string; readonly person: NotePerson | null }

/** `picked` decides between people of one name; a shared name nobody picked from means nobody. */
export function partsOf(body: string, people: readonly NotePerson[], picked: ReadonlySet<string> = new Set()): Part[] {
  const parts: Part[] = []
  let plain = ''
  for (let at = 0; at < body.length;) {
    const person = AT.test(body.charAt(at)) ? personAt(body, at + 1, people, picked) : undefined
    if (person === undefined) {
      plain += body.charAt(at)
      at += 1
      continue
    }
    if (plain !== '') parts.push({ text: plain, person: null })
    plain = ''
    parts.push({ text: body.slice(at, at + 1 + person.name.length), person })
    at += 1 + person.name.length
  }
  return plain === '' ? parts : [...parts, { text: plain, person: null }]
}

export function mentionsIn(
  body: string,
  people: readonly NotePerson[],
  picked: ReadonlySet<string>,
): readonly NotePerson[] {
  const named = partsOf(body, people, picked).flatMap(({ person }) => (person === null ? [] : [person]))
  return people.filter(({ id }) => named.some((person) => person.id === id))
}

function personAt(
  body: string,
  at: number,
  people: readonly NotePerson[],
  picked: ReadonlySet<string>,
): NotePerson | undefined {
  const fitting = people.filter(({ name }) => name !== '' && body.startsWith(name, at))
  const longest = Math.max(0, ...fitting.map(({ name }) => name.length))
  const same = fitting.filter(({ name }) => name.length === longest)
  return same.length === 1 ? same[0] : same.find(({ id }) => picked.has(id))
}

/** What stands between the last `@` and the caret, as long as it may become a name; undefined when nothing is being named. */
export function beingNamed(beforeCaret: string): string | undefined {
  return /[@＠]([^\s@＠]{0,40})$/.exec(beforeCaret)?.[1]
}

const MOST_SUGGESTIONS = 6

/** Names that begin so first, then those that hold it. */
export function suggestionsFor(typed: string, people: readonly NotePerson[]): readonly NotePerson[] {
  const key = typed.normalize('NFKC').toLowerCase()
  const places = people.map((person) => ({ person, place: person.name.normalize('NFKC').toLowerCase().indexOf(key) }))
  return places
    .filter(({ place }) => place >= 0)
    .toSorted((a, b) => Number(a.place > 0) - Number(b.place > 0))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ person }) => person)
}

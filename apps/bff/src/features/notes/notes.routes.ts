import { inbox, notes } from '@choba/shared/contracts/notes.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import { getInbox, readInbox } from './inbox.service.ts'
import { addNote, assignPayment, getTalk, type NoteDeps, takeBackNote } from './notes.service.ts'

export function mountNotes(app: App, deps: NoteDeps): void {
  mount(app, notes.get, ({ id }, session) => getTalk(deps, session, idOf(id)))
  mount(app, notes.add, ({ id, body }, session) => addNote(deps, session, idOf(id), body))
  mount(app, notes.remove, ({ id, noteId }, session) => takeBackNote(deps, session, idOf(id), idOf(noteId)))
  mount(app, notes.assign, ({ id, body }, session) => assignPayment(deps, session, idOf(id), body.userId))
  mount(app, inbox.get, (_input, session) => getInbox(deps, session))
  mount(app, inbox.read, ({ body }, session) => readInbox(deps, session, body.ids))
}

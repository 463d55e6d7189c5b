/** Notes on payments and what is said to whom, in English. */
import type { noteWords as japanese } from '../ja/notes.ts'
import type { Words } from '../types.ts'

export const noteWords: Words<typeof japanese> = {
  notes: {
    title: 'Notes and assignee',
    none: 'No notes yet',
    write: 'Write a note',
    placeholder: 'A note among colleagues. @ tells a member',
    hint: 'Seen by your own people only, never by the customer or a provider.',
    add: 'Add note',
    may_not: 'You may not write notes',
    removed: 'Note taken back',
    remove: 'Take back',
    remove_title: 'Take this note back?',
    remove_text: 'Its words go; that it was there stays.',
    suggestions: 'Whom to tell',
    told: 'Tells {names}',
    assignee: 'Assignee',
    nobody: 'Nobody',
    assign_me: 'Assign to me',
    failed: 'Notes could not be loaded',
  },
  inbox: {
    title: 'Inbox',
    unread: '{count} unread',
    none: 'Nothing to tell yet',
    mentioned: '{name} mentioned you',
    assigned: '{name} assigned a payment to you',
    read_all: 'Mark all as read',
    is_unread: 'Unread',
    ledger: 'Payments that concern me',
    failed: 'The inbox could not be loaded',
  },
  mine: { assigned: 'Assigned to me', mentioned: 'Mentions me' },
}

/** Saved views of lists, in English. */
import type { viewWords as japanese } from '../ja/views.ts'
import type { Words } from '../types.ts'

export const viewWords: Words<typeof japanese> = {
  views: {
    title: 'Views',
    none: 'No saved views yet',
    own: 'My views',
    shared: 'Shared views',
    save: 'Save this view',
    manage: 'Manage views',
    name: 'Name',
    share: 'Share with everybody of the merchant',
    may_not_share: 'You may not share views',
    keeps: 'Keeps the filters, the order and the columns under this name.',
    saved: 'View saved',
    keep: 'Save',
    rename: 'Rename',
    rename_of: 'Rename {name}',
    replace: 'Replace with what is shown',
    replace_of: 'Replace {name} with what is shown',
    remove: 'Delete',
    remove_of: 'Delete {name}',
    remove_title: 'Delete “{name}”?',
    remove_text: 'It is yours alone and cannot be brought back.',
    remove_shared: 'It goes from everybody’s list and cannot be brought back.',
    is_default: 'Opens first',
    default_of: 'Open {name} first',
    by: 'By {name}',
    may_not_change: 'You may not change shared views',
    failed: 'Views could not be loaded',
  },
}

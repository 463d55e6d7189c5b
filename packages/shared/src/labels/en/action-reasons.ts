/** Reasons that are chosen from, in English. */
import type { Words } from '../types.ts'
import type { actionReasonWords as japanese } from '../ja/action-reasons.ts'

export const actionReasonWords: Words<typeof japanese> = {
  action_reasons: {
    title: 'Reasons',
    lead: 'What is chosen from when cancelling, refunding, changing an amount, declining or showing personal data. The timeline and the audit log keep the words as chosen.',
    list: 'List of reasons',
    name: 'Reason',
    name_of: 'Reason {number}',
    offered: 'Offered for',
    add: 'Add a reason',
    up_of: 'Move “{name}” up',
    down_of: 'Move “{name}” down',
    remove_of: 'Remove “{name}”',
    name_missing: 'Enter a reason',
    name_twice: 'This reason is there already',
    actions_missing: 'Choose at least one action',
    required: 'Actions that need a reason',
    required_hint:
      'Requests without one are refused, those of programs too. Declining and showing personal data always need one.',
    restore: 'Back to the first list',
    restore_hint: 'Replaces the list; nothing changes until you save.',
    full: 'There can be 50 reasons',
    needed: 'Reason or note',
    hint: 'Choose one or add words of your own. It stays in the timeline',
    missing: 'Choose or enter a reason',
    zombie: 'Claim left open by mistake',
    rescue: 'Did not pass screening',
  },
  reasoned_action: {
    cancel: 'Cancel',
    refund: 'Refund',
    change_amount: 'Change amount',
    decline: 'Decline',
    reveal: 'Show personal data',
  },
}

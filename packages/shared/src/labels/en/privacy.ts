import type { Words } from '../types.ts'
import type { privacyWords as japanese } from '../ja/privacy.ts'

/** Personal data of customers, in English. */
export const privacyWords: Words<typeof japanese> = {
  privacy: {
    retention: 'Erase after the last payment ended',
    retention_hint:
      'Each night the personal data of customers whose time is over is erased. The books (payments, entries, amounts) stay. Tax law asks for books and documents to be kept for seven years, ten after a year with a loss. With fewer than seven years, see that addressed copies are kept elsewhere.',
    reveals: 'Masked records that may be shown (each person, each hour)',
    reveals_hint:
      'For people who may not see personal data but may have it shown, as whoever only reads. Each time asks for a reason and stands in the audit log.',
    reveals_none: 'None',
    reveals_count: '{count}',
    never: 'Never by itself',
    years: '{years|year|years}',
    short: 'Shorter than the seven years that books must be kept',
    due: 'Erased tonight: {count|customer|customers} ({payments|payment|payments}, the last of which ended before {before})',
    due_none: 'Nobody is erased tonight (whose last payment ended before {before} would be)',
    due_more: 'and {count} more',
    due_failed: 'They could not be counted',
    last_closed: 'last',
    erased: 'Customers erased so far: {count}',
    search_note:
      'Whoever may not see personal data cannot search by name; a telephone number finds its orders only when the whole of it is typed.',
    erase: 'Erase personal data',
    erase_title: 'Erase the customer’s personal data',
    erase_text: 'This cannot be undone. What stands in backups stays until those are deleted.',
    goes: 'What goes',
    goes_text:
      'Name, kana, company, address, telephone, mail, bank account for refunds, delivery address, the text of messages with providers, the addressee of printed invoices, imported rows, notes on the payments, what saved views and scheduled exports searched for, and the address of mails. A scheduled export whose search goes is stopped',
    goes_files: '{count|kept export file|kept export files} (the customer may stand in them)',
    stays: 'What stays',
    stays_text:
      'Amounts, states, days, order numbers, entries and payouts of {count|payment|payments}, and the audit log',
    reason: 'Reason (optional)',
    do_erase: 'Erase',
    erased_done: 'The personal data was erased',
    refused: 'Cannot be erased until these have ended',
  },
  reveal: {
    show: 'Show personal data',
    hide: 'Mask again',
    shown: 'Shown (masked again after {minutes|minute|minutes})',
    title: 'Show masked personal data',
    text: 'Shown on this screen alone, and masked again when you leave it or after {minutes|minute|minutes}. The audit log keeps who saw which record, when, and why.',
    reason: 'Reason',
    reason_hint: 'Choose one or write your own. Do not write the customer’s name or telephone number.',
    reason_written: 'Two characters or more. Do not write the customer’s name or telephone number.',
    reason_missing: 'Choose a reason, or write two characters or more',
    left: '{left|more record|more records} may be shown this hour ({perHour} at most)',
    do_show: 'Show',
  },
  erasure_refusal: {
    payments_open: '{count|payment that has|payments that have} not ended (screening, not paid, to be paid out)',
    operations_open: '{count|action|actions} under way or waiting for approval',
    claims_open: '{count|claim|claims} to be settled',
    money_owed: '{count|payment|payments} with money owed to the customer',
    links_open: '{count|payment link|payment links} in force',
    subscriptions_open: '{count|subscription that goes|subscriptions that go} on',
    messages_waiting: '{count|message|messages} waiting to be applied',
    export_running: '{count|file|files} being written',
  },
}

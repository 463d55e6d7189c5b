import type { Words } from '../types.ts'
import type { mailWords as japanese } from '../ja/mail.ts'

/** Mail, in English. */
export const mailWords: Words<typeof japanese> = {
  mail: {
    host: 'Server',
    port: 'Port',
    security: 'Encryption',
    user: 'User name',
    user_hint: 'Empty where the server asks for none',
    password: 'Password',
    password_set: 'It is set. Left empty, it stays as it is',
    from_address: 'Sender address',
    from_name: 'Sender name',
    wrong_host: 'Enter the name of the server',
    wrong_port: 'A whole number from 1 to 65535',
    wrong_address: 'Enter an e-mail address',
    remove: 'Remove the settings',
    remove_text: 'Invitations and the like are no longer mailed. Mails that still wait will fail.',
    test: 'Send a test mail',
    test_to: 'Test address',
    test_sent: 'Sent. The server said: {said}',
    test_failed: 'Not sent. The server said: {said}',
    log: 'What was sent',
    log_none: 'No mail has been sent yet.',
    log_failed: 'The log could not be loaded',
    to: 'To',
    subject: 'Subject',
    state: 'State',
    attempts: 'Tries',
    said: 'The server said',
    queued_at: 'Asked',
    again: 'Send again',
    again_of: 'Send “{subject}” to {to} again',
    more: 'Show more',
    actions: 'Actions',
  },
  mail_security: {
    tls: 'TLS (port 465)',
    starttls: 'STARTTLS (port 587)',
    none: 'None (this machine only)',
  },
  mail_state: {
    queued: 'Waiting',
    sent: 'Sent',
    failed: 'Failed',
  },
}

/** A mail server of a few commands (RFC 5321), which keeps what it is given, or refuses it in the words it is told. */
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

export type MailServer = {
  readonly port: number
  /** Whole mails as they came, the oldest first. */
  readonly mails: string[]
  /** Said instead of taking the next mails; null takes them. */
  refusal: string | null
  close(): Promise<void>
}

export async function openMailServer(): Promise<MailServer> {
  const mails: string[] = []
  const server = createServer((socket) => {
    let heard = ''
    let isData = false
    const say = (line: string) => socket.write(`${line}\r\n`)
    say('220 mail.test ESMTP')
    socket.setEncoding('utf8').on('data', (text: string) => {
      heard += text
      for (;;) {
        const end = isData ? heard.indexOf('\r\n.\r\n') : heard.indexOf('\r\n')
        if (end < 0) return
        const said = heard.slice(0, end)
        heard = heard.slice(end + (isData ? 5 : 2))
        if (isData) {
          isData = false
          mails.push(said)
          say(`250 kept as ${mails.length}`)
        } else if (/^EHLO/i.test(said)) say('250 mail.test')
        else if (/^RCPT/i.test(said) && opened.refusal !== null) say(opened.refusal)
        else if (/^DATA/i.test(said)) {
          isData = true
          say('354 go on')
        } else if (/^QUIT/i.test(said)) socket.end('221 bye\r\n')
        else say('250 fine')
      }
    })
    socket.on('error', () => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const opened: MailServer = {
    port: (server.address() as AddressInfo).port, // it listens on a port
    mails,
    refusal: null,
    async close() {
      server.close()
      await once(server, 'close')
    },
  }
  return opened
}

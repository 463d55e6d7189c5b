/** One keep-alive connection that asks one thing at a time and costs as little as can be: the server is what we measure. */
import { connect, type Socket } from 'node:net'

export type Reply = { readonly status: number; readonly body: Buffer }

export class HttpConnection {
  readonly #socket: Socket
  readonly #headers: string
  #received: Buffer[] = []
  #length = 0
  #expected: { readonly status: number; readonly bodyAt: number; readonly end: number } | undefined
  #answer: ((reply: Reply) => void) | undefined
  #fail: ((error: Error) => void) | undefined

  private constructor(socket: Socket, headers: string) {
    this.#socket = socket
    this.#headers = headers
    socket.setNoDelay(true)
    socket.on('data', (chunk) => typeof chunk !== 'string' && this.#take(chunk))
    socket.on('error', (error) => this.#fail?.(error))
    socket.on('close', () => this.#fail?.(new Error('the server closed the connection')))
  }

  static open(port: number, headers: Readonly<Record<string, string>> = {}): Promise<HttpConnection> {
    const lines = Object.entries({ Host: `127.0.0.1:${port}`, ...headers }).map(([name, value]) => `${name}: ${value}`)
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new HttpConnection(socket, lines.join('\r\n'))))
      socket.once('error', reject)
    })
  }

  /** @throws Error when the answer is not 200 */
  get(path: string): Promise<Buffer> {
    return this.#ask(`GET ${path} HTTP/1.1\r\n${this.#headers}\r\n\r\n`)
  }

  /** @throws Error when the answer is not 200 */
  post(path: string, contentType: string, body: Uint8Array): Promise<Buffer> {
    const head = `POST ${path} HTTP/1.1\r\n${this.#headers}\r\nContent-Type: ${contentType}\r\nContent-Length: ${body.length}\r\n\r\n`
    return this.#ask(Buffer.concat([Buffer.from(head), body]))
  }

  close(): void {
    this.#fail = undefined
    this.#socket.destroy()
  }

  async #ask(request: string | Buffer): Promise<Buffer> {
    if (this.#socket.closed) throw new Error('the server closed the connection')
    const reply = await new Promise<Reply>((resolve, reject) => {
      this.#answer = resolve
      this.#fail = reject
      this.#socket.write(request)
    })
    if (reply.status === 200) return reply.body
    throw new Error(
      `${String(request).split('\r\n')[0]} answered ${reply.status}: ${reply.body.toString().slice(0, 300)}`,
    )
  }

  #take(chunk: Buffer): void {
    this.#received.push(chunk)
    this.#length += chunk.length
    this.#expected ??= this.#readHead()
    if (this.#expected === undefined || this.#length < this.#expected.end) return
    const { status, bodyAt, end } = this.#expected
    const body = Buffer.concat(this.#received).subarray(bodyAt, end)
    this.#received = []
    this.#length = 0
    this.#expected = undefined
    this.#answer?.({ status, body })
  }

  #readHead(): { status: number; bodyAt: number; end: number } | undefined {
    const text = Buffer.concat(this.#received).toString('latin1')
    const bodyAt = text.indexOf('\r\n\r\n') + 4
    if (bodyAt === 3) return undefined
    const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, bodyAt))
    if (!length) throw new Error(`an answer without a length: ${text.slice(0, bodyAt)}`)
    return { status: Number(text.slice(9, 12)), bodyAt, end: bodyAt + Number(length[1]) }
  }
}

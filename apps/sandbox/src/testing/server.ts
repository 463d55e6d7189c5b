/** The sandbox, or what stands before it, on a port of this machine. */
import { serve } from '@hono/node-server'

export type TestServer = { readonly url: string; close(): void }

export async function serveForTest(fetch: (request: Request) => Response | Promise<Response>): Promise<TestServer> {
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { readonly port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    },
  }
}

import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Session } from '../core/session.ts'
import type { Log } from '../core/log.ts'

export type HonoEnv = {
  /** Absent when a test calls the app without a server. */
  Bindings: Partial<HttpBindings>
  Variables: {
    requestId: string
    log: Log
    session: Session | undefined
  }
}

export type App = Hono<HonoEnv>

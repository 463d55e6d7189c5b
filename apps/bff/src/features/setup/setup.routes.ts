import { guide, SETUP_DOOR_PATH, SETUP_PATH, setupRequest } from '@choba/shared/contracts/setup.ts'
import { AppError } from '../../core/app-error.ts'
import type { App } from '../../http/hono-env.ts'
import { mount, readBody } from '../../http/mount.ts'
import { type DemoRemovalDeps, getDemo, removeDemo } from './demo-removal.service.ts'
import { changeGuide, getGuide } from './guide.service.ts'
import { connectSandbox, type SandboxDeps } from './sandbox-connection.service.ts'
import { lookAtDoor, type SetupDeps, setUp } from './setup.service.ts'
import { countWrongTries } from './wrong-tries.ts'

/** Beside sign-in: nobody has a session before there is a merchant. */
export function mountSetupDoor(app: App, deps: SetupDeps): void {
  const wrong = countWrongTries(deps.clock)
  app.get(SETUP_DOOR_PATH, async (c) => c.json(await lookAtDoor(deps)))
  app.post(SETUP_PATH, async (c) => {
    const request = await readBody(c, setupRequest)
    wrong.check()
    try {
      return c.json(await setUp(deps, request))
    } catch (error) {
      if (error instanceof AppError && error.code === 'setup.wrong_code') wrong.add()
      throw error
    }
  })
}

export function mountSetup(app: App, deps: SandboxDeps & DemoRemovalDeps & { readonly hasSandbox: boolean }): void {
  mount(app, guide.get, (_input, session) => getGuide(deps, session))
  mount(app, guide.put, ({ body }, session) => changeGuide(deps, session, body))
  mount(app, guide.connectSandbox, ({ body }, session) => connectSandbox(deps, session, body))
  mount(app, guide.demo, (_input, session) => getDemo(deps, session))
  mount(app, guide.removeDemo, ({ body }, session) => removeDemo(deps, session, body.merchantName))
}

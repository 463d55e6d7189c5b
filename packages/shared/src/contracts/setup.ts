/** The first run: the first merchant and its admin, and the guide that leads from there to the first payment. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { METHODS } from '../methods.ts'
import { LEAST_PASSWORD_LENGTH } from './members.ts'

/** Nobody has a session before there is a merchant: these stand beside sign-in, and the code is the key. */
export const SETUP_DOOR_PATH = '/api/auth/sign-up/door'
export const SETUP_PATH = '/api/auth/sign-up/merchant'

export type SetupDoor = {
  /** While there is no merchant. */
  readonly isOpen: boolean
  /** Whether a pretend provider answers here, so that a merchant may begin with it. */
  readonly hasSandbox: boolean
}

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(60))
export const ENVIRONMENTS = ['live', 'sandbox'] as const

export const setupRequest = z.object({
  code: z.string().check(z.minLength(1), z.maxLength(100)),
  merchantName: name,
  environment: z.enum(ENVIRONMENTS),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
  email: z.email().check(z.maxLength(200)),
  password: z.string().check(z.minLength(LEAST_PASSWORD_LENGTH), z.maxLength(128)),
})
export type SetupRequest = z.output<typeof setupRequest>

/** In their order. `history` and `terms` can be left out: payments are made without them. */
export const GUIDE_STEPS = ['shop', 'methods', 'connection', 'terms', 'history', 'payment'] as const
export type GuideStep = (typeof GUIDE_STEPS)[number]
export const SKIPPABLE_STEPS = ['terms', 'history'] as const satisfies readonly GuideStep[]

const permission = 'settings.manage'
const method = z.enum(METHODS)
const done = z.object({ done: z.literal(true) })

const guideView = z.object({
  merchantName: z.string(),
  environment: z.enum(ENVIRONMENTS),
  hasSandbox: z.boolean(),
  isFinished: z.boolean(),
  methods: z.array(method),
  /** Of the chosen methods, those that no connection serves, and those without closing or fees. */
  unconnected: z.array(method),
  unagreed: z.array(method),
  steps: z.array(z.object({ step: z.enum(GUIDE_STEPS), state: z.enum(['done', 'skipped', 'open']) })),
})
export type GuideView = z.infer<typeof guideView>

export const guide = {
  /** How far the merchant is, read from what there is: nothing has to be ticked off. */
  get: contract({ method: 'GET', path: '/api/setup-guide', permission, allShops: true, response: guideView }),
  put: contract({
    method: 'PUT',
    path: '/api/setup-guide',
    permission,
    allShops: true,
    body: z.object({
      methods: z.array(method),
      skipped: z.array(z.enum(SKIPPABLE_STEPS)),
      isFinished: z.boolean(),
    }),
    response: done,
  }),
  /** An account with the pretend provider for the shop, connected with its terms. The caller makes the ids, so that a repeat makes no second one. */
  connectSandbox: contract({
    method: 'POST',
    path: '/api/setup-guide/sandbox',
    permission,
    allShops: true,
    body: z.object({ shopId: z.uuid(), npId: z.uuid(), sbpsId: z.uuid() }),
    response: done,
    errors: ['sandbox.not_here', 'sandbox.no_answer', 'resource.not_found'],
  }),
  demo: contract({
    method: 'GET',
    path: '/api/demo',
    permission,
    allShops: true,
    response: z.object({ isDemo: z.boolean(), payments: z.int(), people: z.int() }),
  }),
  /** All of it goes, people too; the code lets whoever removed it begin with their own. */
  removeDemo: contract({
    method: 'POST',
    path: '/api/demo/remove',
    permission,
    allShops: true,
    /** The merchant's name, typed by hand. */
    body: z.object({ merchantName: name }),
    response: z.object({ setupCode: z.string() }),
    errors: ['demo.not_demo', 'request.invalid'],
  }),
} as const

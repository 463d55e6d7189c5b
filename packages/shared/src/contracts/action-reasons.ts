/** Why an order is cancelled, refunded or changed: the merchant's own words, offered where the action is asked for. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'

/** `decline`: what another person asked for is not agreed to. `reveal`: masked personal data is shown. Both always say why. */
export const REASONED_ACTIONS = ['cancel', 'refund', 'change_amount', 'decline', 'reveal'] as const
export type ReasonedAction = (typeof REASONED_ACTIONS)[number]
export const DEMANDABLE_ACTIONS = ['cancel', 'refund', 'change_amount'] as const satisfies readonly ReasonedAction[]
export type DemandableAction = (typeof DEMANDABLE_ACTIONS)[number]

export const REASON_LENGTH = 40
export const MOST_REASONS = 50

const reason = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(REASON_LENGTH)),
  /** Where it is offered. */
  actions: z.array(z.enum(REASONED_ACTIONS)).check(z.minLength(1), z.maxLength(REASONED_ACTIONS.length)),
})
export type ActionReason = z.output<typeof reason>

const settled = z.object({
  /** In the order they are offered. */
  reasons: z.array(reason).check(z.maxLength(MOST_REASONS)),
  /** Actions that are refused without a reason, to programs as well. */
  required: z.array(z.enum(DEMANDABLE_ACTIONS)).check(z.maxLength(DEMANDABLE_ACTIONS.length)),
})
export type ReasonSettings = z.output<typeof settled>

/** What a shop in Japan begins with, in its own language whatever the screen's: a reason is kept in the books as it was said. */
export const DEFAULT_REASONS: ReasonSettings = {
  reasons: [
    { name: '返品', actions: ['cancel', 'refund', 'change_amount'] },
    { name: '注文間違い', actions: ['cancel', 'refund', 'change_amount'] },
    { name: '重複注文', actions: ['cancel', 'refund'] },
    { name: '欠品', actions: ['cancel', 'refund', 'change_amount'] },
    { name: '不良・破損', actions: ['cancel', 'refund', 'change_amount'] },
    { name: '配送不能（受取拒否・長期不在）', actions: ['cancel', 'refund'] },
    { name: 'お客様都合', actions: ['cancel', 'refund', 'change_amount'] },
    { name: '不正の疑い', actions: ['cancel'] },
    { name: '値引き・送料の訂正', actions: ['refund', 'change_amount'] },
    { name: '金額の誤り', actions: ['decline'] },
    { name: '内容の確認が必要', actions: ['decline'] },
    { name: 'お客様からの問い合わせ', actions: ['reveal'] },
    { name: '配送の確認', actions: ['reveal'] },
    { name: '入金・返金の確認', actions: ['reveal'] },
    { name: '監査・法令による確認', actions: ['reveal'] },
    { name: 'その他', actions: ['cancel', 'refund', 'change_amount'] },
  ],
  required: [],
}

export const actionReasons = {
  get: contract({ method: 'GET', path: '/api/action-reasons', permission: 'sales.read', response: settled }),
  /** What was said already stays as it was said. */
  put: contract({
    method: 'PUT',
    path: '/api/action-reasons',
    permission: 'settings.manage',
    allShops: true,
    body: settled,
    response: settled,
    errors: ['request.invalid'],
  }),
} as const

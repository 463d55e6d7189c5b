/** A way in for what we have checked ourselves (a passkey, an issuer's token): the library makes the session and its cookie. */
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import * as z from 'zod'

/** No address leads here: only our own code can call it. */
export function trustedSignIn() {
  return {
    id: 'choba-trusted-sign-in',
    endpoints: {
      signInTrusted: createAuthEndpoint.serverOnly(
        { method: 'POST', body: z.object({ userId: z.string() }) },
        async (ctx) => {
          const user = await ctx.context.internalAdapter.findUserById(ctx.body.userId)
          if (!user) throw new Error('a person who was just found has an account')
          const session = await ctx.context.internalAdapter.createSession(user.id)
          await setSessionCookie(ctx, { session, user })
          return ctx.json({ user: { id: user.id, name: user.name, email: user.email } })
        },
      ),
    },
  }
}

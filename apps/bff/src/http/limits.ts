import { IMPORT_MOST_BYTES, IMPORT_UPLOAD_PATH } from '@choba/shared/contracts/imports.ts'
import { bodyLimit } from 'hono/body-limit'
import type { MiddlewareHandler } from 'hono'
import { AppError } from '../core/app-error.ts'
import type { HonoEnv } from './hono-env.ts'

/** A thousand orders with long addresses and many goods fit; anything larger is no request of ours. */
export const API_BODY_BYTES = 8 * 1024 * 1024
/** A provider's notice is a few kilobytes. */
export const NOTICE_BODY_BYTES = 256 * 1024

/** @throws AppError request.too_large */
export function limitBody(maxSize: number): MiddlewareHandler<HonoEnv> {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new AppError('request.too_large', { maxBytes: maxSize })
    },
  })
}

/** A file is read as a stream and may be larger; it says for itself what is too much of it. */
export function limitApiBody(): MiddlewareHandler<HonoEnv> {
  const usual = limitBody(API_BODY_BYTES)
  const upload = limitBody(2 * IMPORT_MOST_BYTES)
  return (c, next) => (c.req.path === IMPORT_UPLOAD_PATH ? upload(c, next) : usual(c, next))
}

/** Files laid into the folder of the installation: whole or not at all, under a plain name in the merchant's own folder. */
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isFileName } from '@choba/shared/contracts/export-schedules.ts'
import { assert } from '../../core/assert.ts'

type Laid = {
  readonly exportDir: string
  readonly merchantId: string
  readonly exportId: string
  readonly fileName: string
  readonly blocks: AsyncIterable<Uint8Array>
}

/**
 * Replaces a file of that name. A process that dies leaves a hidden part file, which the next try writes anew.
 * @throws the error of the file system; the folder itself is not made: a share that is not there now would be hidden by it
 */
export async function layFile({ exportDir, merchantId, exportId, fileName, blocks }: Laid): Promise<void> {
  assert(isFileName(fileName), 'a delivered file has a plain name')
  const folder = join(exportDir, merchantId)
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const part = join(folder, `.${exportId}.part`)
  try {
    const file = await open(part, 'w', 0o640)
    try {
      await file.writeFile(blocks)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, join(folder, fileName))
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

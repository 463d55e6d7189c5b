import {
  IMPORT_RESULT_PATH,
  IMPORT_TEMPLATE_PATH,
  IMPORT_UPLOAD_PATH,
  importResultQuery,
  imports,
  importUploaded,
  importUploadQuery,
} from '@choba/shared/contracts/imports.ts'
import { AppError } from '../../core/app-error.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { editImportRow } from './edit-row.service.ts'
import { listWords, totalImport } from './facts.service.ts'
import type { ImportDeps } from './import-kind.ts'
import {
  cancelImport,
  confirmImport,
  getImport,
  listImportRows,
  listImports,
  mapImport,
  retryImport,
  runImport,
} from './imports.service.ts'
import { type CsvDownload, downloadResult, downloadTemplate } from './result.service.ts'
import { undoImport } from './undo.service.ts'
import { uploadImport } from './upload.service.ts'
import { IMPORT_KINDS } from '@choba/shared/imports/names.ts'

export function mountImports(app: App, deps: ImportDeps): void {
  app.post(IMPORT_UPLOAD_PATH, async (c) => {
    const session = authorize(c, 'imports.work')
    const query = parseInput(importUploadQuery, c.req.query(), 'query')
    const uploaded = await uploadImport(deps, session, query, c.req.raw.body)
    return c.json(importUploaded.parse(uploaded))
  })
  app.get(IMPORT_TEMPLATE_PATH, async (c) => {
    authorize(c, 'sales.read')
    const kind = IMPORT_KINDS.find((each) => each === c.req.param('kind'))
    if (kind === undefined) throw new AppError('resource.not_found')
    const download = downloadTemplate(kind, parseInput(importResultQuery, c.req.query(), 'query'))
    return c.body(download.body, 200, headersOf(download))
  })
  app.get(IMPORT_RESULT_PATH, async (c) => {
    // The file as it was brought, names and all.
    authorize(c, 'personal_data.read')
    const session = authorize(c, 'imports.work')
    const query = parseInput(importResultQuery, c.req.query(), 'query')
    const download = await downloadResult(deps, session, idOf(c.req.param('id')), query)
    return c.body(download.body, 200, headersOf(download))
  })
  mount(app, imports.list, ({ query }, session) => listImports(deps, session, query))
  mount(app, imports.get, ({ id }, session) => getImport(deps, session, idOf(id)))
  mount(app, imports.rows, ({ id, query }, session) => listImportRows(deps, session, idOf(id), query))
  mount(app, imports.map, ({ id, body }, session) => mapImport(deps, session, idOf(id), body))
  mount(app, imports.editRow, ({ id, row, body }, session) => editImportRow(deps, session, idOf(id), rowOf(row), body))
  mount(app, imports.confirm, ({ id }, session) => confirmImport(deps, session, idOf(id)))
  mount(app, imports.run, ({ id }, session) => runImport(deps, session, idOf(id)))
  mount(app, imports.cancel, ({ id }, session) => cancelImport(deps, session, idOf(id)))
  mount(app, imports.words, ({ id }, session) => listWords(deps, session, idOf(id)))
  mount(app, imports.totals, ({ id }, session) => totalImport(deps, session, idOf(id)))
  mount(app, imports.undo, ({ id }, session) => undoImport(deps, session, idOf(id)))
  mount(app, imports.retry, ({ id }, session) => retryImport(deps, session, idOf(id)))
}

function rowOf(row: string): number {
  if (!/^\d{1,7}$/.test(row)) throw new AppError('resource.not_found', { row })
  return Number(row)
}

function headersOf({ fileName, charset }: CsvDownload): Record<string, string> {
  return {
    'Content-Type': `text/csv; charset=${charset}; header=present`,
    'Content-Disposition': `attachment; filename="${fileName.replace(/[^\x20-\x7e]|["\\]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    'Cache-Control': 'no-store',
  }
}

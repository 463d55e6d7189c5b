import { createReadStream } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import type { Locator, Page } from 'playwright-core'
import { labels } from '@choba/shared/labels/labels.ts'

const words = labels('ja')

export type Encoding = 'utf8' | 'cp932'

export function exportButton(page: Page): Locator {
  return page.getByRole('button', { name: words.ledger.export, exact: true })
}

/** Resolves when rows and control totals have been counted. */
export async function openExport(page: Page, encoding: Encoding): Promise<Locator> {
  await exportButton(page).click()
  const dialog = page.getByRole('dialog', { name: words.export_dialog.title })
  await dialog.getByRole('radio', { name: words.export_dialog[`encoding_${encoding}`] }).check()
  await figure(dialog, words.export_dialog.rows).waitFor()
  return dialog
}

/** Beside its name in the control totals. */
export async function readFigure(dialog: Locator, name: string): Promise<number> {
  return Number((await figure(dialog, name).innerText()).replaceAll(',', ''))
}

export function downloadLink(dialog: Locator): Locator {
  return dialog.getByRole('link', { name: words.export_dialog.download })
}

export async function download(page: Page, dialog: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), downloadLink(dialog).click()])
  return { name: file.suggestedFilename(), bytes: await buffer(createReadStream(await file.path())) }
}

function figure(dialog: Locator, name: string): Locator {
  const term = dialog
    .page()
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${escape(name)}$`) })
  return dialog.locator(':scope *', { has: term }).last().getByRole('definition')
}

function escape(text: string): string {
  return text.replace(/[()（）]/g, '\\$&')
}

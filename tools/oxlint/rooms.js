/**
 * Who may import whom: the one table. The first room whose `path` matches a file is the file's room.
 * `may` names rooms (a name that ends in `/` stands for all rooms below it); a room may always import itself,
 * but never another slice of itself: the first group of `path` names the slice.
 * `packages` lists what may come from npm and from Node; without it everything may.
 */
const BFF_GROUND = ['bff/core', 'bff/domain', 'shared']
const BFF_BASEMENT = ['bff/db', ...BFF_GROUND]
const WEB_PACKAGES = [/^(?!node:|pg\b|kysely|hono|better-auth\/(?!client|react)|graphile-worker|zod$|zod\/(?!mini$))/]

export const ROOMS = [
  { name: 'shared', path: /^packages\/shared\/src\//, may: [], packages: [/^zod\/mini$/] },
  { name: 'wire', path: /^packages\/wire\/src\//, may: ['shared'] },

  { name: 'bff/core', path: /^apps\/bff\/src\/core\//, may: ['shared'] },
  { name: 'bff/domain', path: /^apps\/bff\/src\/domain\//, may: ['shared'], packages: [] },
  { name: 'bff/db', path: /^apps\/bff\/src\/db\//, may: BFF_GROUND },
  {
    name: 'bff/provider-port',
    path: /^apps\/bff\/src\/providers\/(?:port|hosted-page|print-data)\.ts$/,
    may: BFF_GROUND,
  },
  { name: 'bff/providers', path: /^apps\/bff\/src\/providers\//, may: ['wire', 'bff/provider-port', ...BFF_GROUND] },
  { name: 'bff/ledger', path: /^apps\/bff\/src\/ledger\//, may: ['bff/jobs', ...BFF_BASEMENT] },
  { name: 'bff/jobs', path: /^apps\/bff\/src\/jobs\//, may: BFF_BASEMENT },
  { name: 'bff/audit', path: /^apps\/bff\/src\/audit\//, may: BFF_BASEMENT },
  { name: 'bff/auth', path: /^apps\/bff\/src\/auth\//, may: BFF_BASEMENT },
  { name: 'bff/http', path: /^apps\/bff\/src\/http\//, may: BFF_BASEMENT },
  // Exports write CP932 by the one table of look-alikes that the providers' messages are written by, and say who took what.
  {
    name: 'bff/exports',
    path: /^apps\/bff\/src\/exports\//,
    may: ['wire', 'bff/audit', ...BFF_BASEMENT],
    files: { wire: /\/cp932\.ts$/ },
  },
  // Reading a merchant's files: bytes, columns and rows, without a database. Carriers and their slips are the provider's.
  {
    name: 'bff/imports',
    path: /^apps\/bff\/src\/imports\//,
    may: ['wire', 'bff/core', 'shared'],
    files: { wire: /\/np\/carriers\.ts$/ },
  },
  // The PDF of invoices: pages, bar codes and fonts, without a database.
  { name: 'bff/invoices', path: /^apps\/bff\/src\/invoices\//, may: ['shared'] },
  // Every table as it is, whatever it means.
  { name: 'bff/backup', path: /^apps\/bff\/src\/backup\//, may: ['bff/core', 'bff/db', 'shared'] },
  { name: 'bff/realtime', path: /^apps\/bff\/src\/realtime\//, may: BFF_BASEMENT },
  { name: 'bff/demo', path: /^apps\/bff\/src\/demo\//, may: ['bff/auth', ...BFF_BASEMENT] },
  {
    name: 'bff/feature-queries',
    path: /^apps\/bff\/src\/features\/([^/]+)\/[^/]*\.queries\.ts$/,
    // The port is plain types: what a provider is asked stands in rows that queries read and write.
    may: ['bff/provider-port', ...BFF_BASEMENT],
  },
  {
    name: 'bff/feature-routes',
    path: /^apps\/bff\/src\/features\/([^/]+)\/[^/]*\.routes\.ts$/,
    // A list as a file is asked for as the list is: the route hands the feature's export to the one that writes them all.
    may: ['bff/feature-service', 'bff/feature-queries', 'bff/exports', 'bff/http', 'bff/core', 'shared'],
    files: { 'bff/exports': /\/list-export\.ts$/ },
  },
  {
    // *.service, *.jobs and the files they are cut into
    name: 'bff/feature-service',
    path: /^apps\/bff\/src\/features\/([^/]+)\//,
    may: [
      'bff/feature-queries',
      'bff/ledger',
      'bff/jobs',
      'bff/audit',
      'bff/exports',
      'bff/imports',
      'bff/invoices',
      'bff/provider-port',
      'wire',
      ...BFF_BASEMENT,
    ],
    // Which carriers there are, and what their slip numbers look like, is the same for files and for the radar.
    files: { wire: /\/np\/carriers\.ts$/ },
  },
  // The composition root (main, app, deps, env, cli), the test helpers and the benchmark put everything together.
  {
    name: 'bff/root',
    path: /^apps\/bff\/(src\/)?([^/]+\.ts$|testing\/|bench\/)/,
    may: ['bff/', 'wire', 'shared'],
    oneSlice: true,
  },

  {
    name: 'sandbox',
    path: /^apps\/sandbox\//,
    may: ['wire', 'shared'],
    files: { shared: /\/(money|dates|tax-classes)\.ts$/ },
  },

  { name: 'web/ui', path: /^apps\/web\/src\/ui\//, may: ['web/i18n', 'shared'], packages: WEB_PACKAGES },
  { name: 'web/api', path: /^apps\/web\/src\/api\//, may: ['shared'], packages: WEB_PACKAGES },
  { name: 'web/i18n', path: /^apps\/web\/src\/i18n\//, may: ['shared'], packages: WEB_PACKAGES },
  { name: 'web/theme', path: /^apps\/web\/src\/theme\//, may: ['shared'], packages: WEB_PACKAGES },
  {
    name: 'web/feature',
    path: /^apps\/web\/src\/features\/([^/]+)\//,
    may: ['web/ui', 'web/api', 'web/i18n', 'shared'],
    packages: WEB_PACKAGES,
  },
  // main, routes and app put the features together.
  { name: 'web/root', path: /^apps\/web\/src\//, may: ['web/', 'shared'], packages: WEB_PACKAGES, oneSlice: true },

  { name: 'e2e', path: /^e2e\//, may: ['shared', 'tools'] },
  { name: 'tools', path: /^tools\//, may: ['bff/', 'sandbox', 'shared', 'wire'] },
]

/** Tests stand in their room, and act through the public doors of the whole application around it. */
export const TEST_FILE = /\.test\.tsx?$|\/fixtures?\//
export const TEST_PACKAGES = /^(vitest|fast-check|node:.*|zod\/mini)$/

/** Workspace packages by name, and where their files lie. */
export const WORKSPACE = {
  '@choba/shared/': 'packages/shared/src/',
  '@choba/wire/': 'packages/wire/src/',
  '@choba/bff/': 'apps/bff/src/',
  '@choba/sandbox/': 'apps/sandbox/src/',
  '@choba/web/': 'apps/web/src/',
}

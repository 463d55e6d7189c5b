/** `architecture/layers`: holds every import against the table in rooms.js. */
import { dirname, posix, relative, resolve, sep } from 'node:path'
import { ROOMS, TEST_FILE, TEST_PACKAGES, WORKSPACE } from './rooms.js'

const root = process.cwd()

function check(file, specifier) {
  const from = findRoom(file)
  if (!from) return undefined
  const target = resolveFile(file, specifier)
  if (target === undefined) return checkPackage(from, file, specifier)
  const to = findRoom(target)
  if (!to) return target.startsWith('..') ? undefined : `${from.name} may not import ${target}, which is in no room`
  if (to.name === from.name) return checkSlice(from, to)
  if (mayEnter(from, to, file)) {
    const files = from.files?.[to.name]
    if (files && !TEST_FILE.test(file) && !files.test(target)) return `${from.name} may not import ${specifier}`
    return from.oneSlice ? undefined : checkSlice(from, to)
  }
  return `${from.name} may not import ${to.name}${to.slice ? ` (${to.slice})` : ''}`
}

function checkPackage(from, file, specifier) {
  if (!from.packages || from.packages.some((pattern) => pattern.test(specifier))) return undefined
  if (TEST_FILE.test(file) && TEST_PACKAGES.test(specifier)) return undefined
  return `${from.name} may not import ${specifier}`
}

function checkSlice(from, to) {
  if (from.oneSlice || from.slice === undefined || to.slice === undefined || from.slice === to.slice) return undefined
  return `${from.name} (${from.slice}) may not import ${to.name} of another slice (${to.slice})`
}

function mayEnter(from, to, file) {
  if (from.may.some((name) => (name.endsWith('/') ? to.name.startsWith(name) : to.name === name))) return true
  return TEST_FILE.test(file) && to.name.split('/')[0] === from.name.split('/')[0]
}

function findRoom(file) {
  for (const room of ROOMS) {
    const match = room.path.exec(file)
    if (match) return { ...room, slice: room.oneSlice ? undefined : match[1] }
  }
  return undefined
}

/** The imported file from the root of the repository; undefined for a package. */
function resolveFile(file, specifier) {
  if (specifier.startsWith('.'))
    return posix.normalize(toPosix(relative(root, resolve(root, dirname(file), specifier))))
  for (const [name, folder] of Object.entries(WORKSPACE)) {
    if (specifier.startsWith(name)) return folder + specifier.slice(name.length)
  }
  return undefined
}

function toPosix(path) {
  return path.split(sep).join('/')
}

/** Fixtures of the rules' own tests stand for the file their first line names. */
function fileOf(context) {
  const pretended = /^\/\/ pretend: (\S+)/.exec(context.sourceCode.text)
  return pretended ? pretended[1] : toPosix(relative(root, context.filename))
}

const layers = {
  create(context) {
    const file = fileOf(context)
    function report(node) {
      const specifier = node.source?.value
      if (typeof specifier !== 'string') return
      const message = check(file, specifier)
      if (message) context.report({ node, message })
    }
    return {
      ImportDeclaration: report,
      ExportNamedDeclaration: report,
      ExportAllDeclaration: report,
      ImportExpression: report,
    }
  },
}

/** A file that only hands on hides where things live: everything comes from the file that makes it. */
const noHandingOn = {
  create(context) {
    function report(node) {
      if (node.source) context.report({ node, message: 'import this from the file that makes it: no barrels' })
    }
    return { ExportNamedDeclaration: report, ExportAllDeclaration: report }
  },
}

/**
 * A named function of a file is declared, so that it can be read after its callers. One that takes its whole type
 * from a library's handler type may be a constant.
 */
const declaredFunctions = {
  create(context) {
    return {
      VariableDeclarator(node) {
        const isTop = node.parent.parent.type === 'Program' || node.parent.parent.type === 'ExportNamedDeclaration'
        if (isTop && node.init?.type === 'ArrowFunctionExpression' && !node.id.typeAnnotation) {
          context.report({ node, message: 'declare this with `function`' })
        }
      },
    }
  },
}

export default {
  meta: { name: 'architecture' },
  rules: { layers, 'no-handing-on': noHandingOn, 'declared-functions': declaredFunctions },
}

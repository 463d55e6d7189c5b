/** `kysely/must-execute`: a statement that is built and dropped runs nothing. Kysely cannot tell; this rule can. */
const STARTS = new Set([
  'selectFrom',
  'selectNoFrom',
  'insertInto',
  'replaceInto',
  'updateTable',
  'deleteFrom',
  'mergeInto',
  'with',
  'withRecursive',
])
const ENDS = new Set(['execute', 'executeTakeFirst', 'executeTakeFirstOrThrow', 'executeQuery', 'stream', 'explain'])

const mustExecute = {
  create(context) {
    return {
      ExpressionStatement({ expression }) {
        let call = expression
        while (call.type === 'AwaitExpression' || call.type === 'UnaryExpression') call = call.argument
        const node = call
        const methods = []
        let tag
        while (call) {
          if (call.type === 'CallExpression') call = call.callee
          else if (call.type === 'MemberExpression') {
            if (!call.computed) methods.push(call.property.name)
            call = call.object
          } else if (call.type === 'TaggedTemplateExpression') {
            tag = call.tag.name
            break
          } else break
        }
        const isStatement = methods.some((name) => STARTS.has(name)) || tag === 'sql'
        if (isStatement && !methods.some((name) => ENDS.has(name))) {
          context.report({ node, message: 'this statement is built but never executed' })
        }
      },
    }
  },
}

export default { meta: { name: 'kysely' }, rules: { 'must-execute': mustExecute } }

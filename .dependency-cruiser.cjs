/** The direction of imports: core ← text ← corpus, index, ask ← http, cli ← wire. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: [`${from}`, ...allowed] },
})
/** A stage of an answer imports only the stages before it, and where a citation comes from. */
const stage = (name, before) =>
  only(`ask-${name}-imports-what-is-before`, `^src/ask/${name}/`, [
    '^src/core/',
    '^src/text/',
    '^src/ask/views\\.ts$',
    ...before.map((earlier) => `^src/ask/${earlier}/`),
  ])
const owner = (library, file) => ({
  name: `${library}-in-one-file`,
  severity: 'error',
  from: { path: '^src/', pathNot: file },
  to: { path: `^node_modules/${library}/` },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^src/' }, to: {} },
    {
      name: 'src-never-imports-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|bench|web)/' },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['npm', 'core'] },
    },
    {
      name: 'text-is-pure',
      severity: 'error',
      from: { path: '^src/text/' },
      to: { dependencyTypes: ['core'] },
    },
    only('core-imports-nothing', '^src/core/', []),
    only('text-imports-core', '^src/text/', ['^src/core/']),
    only('corpus-imports-core-text', '^src/corpus/', ['^src/core/', '^src/text/']),
    only('index-imports-core-text', '^src/index/', ['^src/core/', '^src/text/']),
    only('repair-knows-no-format', '^src/corpus/repair/', [
      '^src/core/',
      '^src/text/',
      '^src/corpus/(?:draft|spans)\\.ts$',
    ]),
    only('ask-imports-core-text', '^src/ask/', ['^src/core/', '^src/text/']),
    stage('question', []),
    stage('find', ['question']),
    stage('extract', ['question']),
    stage('read', ['question', 'find', 'extract']),
    stage('suggest', ['question']),
    only('models-imports-core-text', '^src/models/', ['^src/core/', '^src/text/']),
    only('http-imports-core', '^src/http/', ['^src/core/', '^src/config.ts']),
    {
      name: 'page-sees-types-only',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', pathNot: '^src/core/|^src/http/(?:schemas|requests)\\.ts$' },
    },
    {
      name: 'page-takes-types-alone-of-the-server',
      comment: 'The schemas as values would bring zod into the page.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/http/', dependencyTypesNot: ['type-only'] },
    },
    owner('nodejieba', '^src/index/segmenter\\.ts$'),
    owner('hnswlib-node', '^src/index/vectors\\.ts$'),
    owner('opencc-js', '^src/text/simplify\\.ts$'),
    owner('pinyin-pro', '^src/text/pinyin\\.ts$'),
    owner('@xenova/transformers', '^src/models/'),
    owner('parse5', '^src/corpus/'),
    owner('pino', '^src/http/|^src/wire'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}

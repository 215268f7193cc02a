import type { App } from './context.ts'
import { safe } from './escape.ts'
import { htmlPage } from './html-page.ts'
import { PROBLEMS } from './problems.ts'

/** The OpenAPI document as the generator makes it. */
export type Document = ReturnType<App['getOpenAPI31Document']>

/** The part of a JSON Schema that is shown. */
interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly format?: string
  readonly items?: Schema
  readonly prefixItems?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Schema[]
}

interface Content {
  readonly [type: string]: { readonly schema?: Schema }
}

interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>
}

/** `code` in backticks; everything else is plain text. */
const prose = (text: string): string => safe(text).replace(/`([^`]+)`/g, '<code>$1</code>')

/** The description as one page of plain HTML: no script, nothing from elsewhere, every value escaped. */
export const docsPage = (document: Document): string => {
  const paths = Object.entries(document.paths ?? {})
  const routes = paths.flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation: operation as Operation })),
  )
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>)
  return htmlPage({
    title: `接口 · ${document.info.title}`,
    style: '/docs/style.css',
    body: `<header>
<h1>${safe(document.info.title)} <small>${safe(document.info.version)}</small></h1>
<p>${prose(document.info.description ?? '')}</p>
<p><a href="/">提问</a> · <a href="/openapi.json">openapi.json</a></p>
<pre><code>${safe(EXAMPLE)}</code></pre>
</header>
<nav aria-label="目录"><ul>
${routes.map(({ method, path }) => `<li><a href="#${anchor(method, path)}">${label(method, path)}</a></li>`).join('\n')}
</ul></nav>
<main>
${routes.map(section).join('\n')}
<h2 id="schemas">数据格式</h2>
${schemas.map(([name, schema]) => `<section id="${safe(name)}"><h3>${safe(name)}</h3>${fields(schema)}</section>`).join('\n')}
<h2 id="problems">错误（application/problem+json）</h2>
${Object.entries(PROBLEMS).map(problem).join('\n')}
</main>`,
  })
}

const EXAMPLE = `curl -s http://127.0.0.1:8787/ask \\
  -H 'content-type: application/json' \\
  -d '{"question": "大连今年新增市场主体多少户？"}'`

const anchor = (method: string, path: string): string => safe(`${method}${path}`.replace(/[^\w.]+/g, '-'))
const label = (method: string, path: string): string =>
  `<span class="method">${safe(method.toUpperCase())}</span> <code>${safe(path)}</code>`

const section = ({
  method,
  path,
  operation,
}: {
  method: string
  path: string
  operation: Operation
}): string =>
  `<section id="${anchor(method, path)}">
<h2>${label(method, path)}</h2>
<p><strong>${prose(operation.summary ?? '')}</strong></p>
${operation.description ? `<p>${prose(operation.description)}</p>` : ''}
${parameters(operation)}
${operation.requestBody ? `<h3>请求</h3>${content(operation.requestBody.content)}` : ''}
<h3>响应</h3>
<dl>
${Object.entries(operation.responses).map(response).join('\n')}
</dl>
</section>`

const parameters = ({ parameters }: Operation): string =>
  parameters?.length
    ? `<h3>参数</h3>${table(parameters.map(({ name, in: where, schema }) => [`${name}（${where}）`, schema ?? {}, false]))}`
    : ''

const response = ([status, { description, content: kinds }]: [
  string,
  Operation['responses'][string],
]): string => `<dt>${safe(status)}</dt><dd>${prose(description)}${kinds ? content(kinds) : ''}</dd>`

const content = (kinds: Content): string =>
  Object.entries(kinds)
    .map(([type, { schema }]) => `<p><code>${safe(type)}</code> ${typeOf(schema ?? {})}</p>`)
    .join('')

const fields = (schema: Schema): string =>
  table(
    Object.entries(schema.properties ?? {}).map(([name, one]) => [
      name,
      one,
      schema.required?.includes(name) ?? false,
    ]),
  )

const table = (rows: readonly (readonly [name: string, schema: Schema, required: boolean])[]): string =>
  `<div class="scroll"><table><thead><tr><th>名称</th><th>类型</th><th>说明</th></tr></thead><tbody>
${rows.map(([name, schema, required]) => `<tr><td><code>${safe(name)}</code>${required ? ' *' : ''}</td><td>${typeOf(schema)}</td><td>${prose(notes(schema))}</td></tr>`).join('\n')}
</tbody></table></div>`

/** A schema in a few words, links to named ones. */
const typeOf = (schema: Schema): string => {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return `<a href="#${safe(name)}">${safe(name)}</a>`
  }
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ')
  if (schema.const !== undefined) return `<code>${safe(JSON.stringify(schema.const))}</code>`
  if (schema.enum) return schema.enum.map((one) => `<code>${safe(JSON.stringify(one))}</code>`).join(' | ')
  if (schema.prefixItems) return `[${schema.prefixItems.map(typeOf).join(', ')}]`
  if (schema.items) return `${typeOf(schema.items)}[]`
  if (schema.properties)
    return `{ ${Object.entries(schema.properties)
      .map(([name, one]) => `${safe(name)}: ${typeOf(one)}`)
      .join(', ')} }`
  return safe([schema.type ?? ''].flat().join(' | '))
}

const notes = (schema: Schema): string =>
  [
    schema.description,
    schema.format,
    schema.minimum !== undefined || schema.maximum !== undefined
      ? `${schema.minimum ?? ''}–${schema.maximum ?? ''}`
      : '',
    schema.default !== undefined ? `= ${JSON.stringify(schema.default)}` : '',
  ]
    .filter(Boolean)
    .join(' · ')

const problem = ([type, { status, title, detail }]: [
  string,
  (typeof PROBLEMS)[keyof typeof PROBLEMS],
]): string =>
  `<section id="${safe(type)}"><h3>${status} ${safe(title)}</h3><p><code>/docs#${safe(type)}</code></p><p>${safe(detail)}</p></section>`

/** Style of the page, light and dark. */
export const DOCS_STYLE = `:root { color-scheme: light dark; --ink: #1d1b18; --paper: #fdfcf9; --line: #d8d3c8; --link: #8a2b1a; --faint: #6a645a; --code: #f1eee6 }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e5dc; --paper: #181714; --line: #3a362f; --link: #f0a48f; --faint: #a8a193; --code: #26241f } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 6rem; background: var(--paper); color: var(--ink); font: 1rem/1.7 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere }
h1, h2, h3 { line-height: 1.3; text-wrap: balance }
h1 small { color: var(--faint); font-weight: 400; font-size: 1rem }
section { border-top: 1px solid var(--line); padding-top: .5rem; margin-top: 2rem; scroll-margin-top: 1rem }
section:target { outline: 2px solid var(--link); outline-offset: .5rem }
a { color: var(--link) }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .9em }
code { background: var(--code); padding: .1em .3em; border-radius: .25em }
pre { background: var(--code); padding: 1rem; border-radius: .5rem; overflow-x: auto }
pre code { background: none; padding: 0 }
nav ul { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .25rem }
nav a { text-decoration: none }
.method { color: var(--faint); font-size: .85em; font-weight: 600 }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line) }
th { font-weight: 600; color: var(--faint) }
dt { font-weight: 700; margin-top: .5rem }
dd { margin: 0 0 0 1.5rem }
dd p { margin: .25rem 0 }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
@media print { nav { display: none } }
`

import type { Asset } from './assets.ts'
import { safe } from './escape.ts'
import { htmlPage } from './html-page.ts'
import type { Problem } from './problems.ts'

/** A problem for the person who opened an address: what happened, and the way back. In the style of the chat page. */
export const problemPage = (problem: Problem, path: string, assets: ReadonlyMap<string, Asset>): string => {
  const root = rootFrom(path)
  const [what = '', ...more] = problem.detail.split(/(?<=。)/)
  const style = [...assets.keys()].find((name) => /^\/assets\/index-.+\.css$/.test(name))
  return htmlPage({
    title: `${problem.status} · 出处`,
    style: style === undefined ? null : root + style.slice(1),
    body: `<div class="column">
<header class="top"><a class="name" href="${root}">出处</a></header>
<main class="trouble">
<h1 class="headline">${safe(what)}</h1>
<p>${safe(more.join(''))}</p>
<p><a href="${root}">去提问 <span lang="en">Ask a question</span></a></p>
<p class="note">${problem.status} <span lang="en">${safe(problem.title)}</span>${problem.status >= 500 ? ` · ${safe(problem.requestId)}` : ''}</p>
</main>
</div>`,
  })
}

/** The way from a path up to the root, relative: the page may lie below a path of a shared host. */
const rootFrom = (path: string): string => '../'.repeat(path.split('/').length - 2) || './'

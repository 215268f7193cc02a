import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseView, rootOf, START, type View, viewUrl } from '../../web/route.ts'

const read = (address: string): View => {
  const url = new URL(address, 'http://127.0.0.1:8787/below/a/path/')
  return parseView(url.pathname, url.search, url.hash)
}

const day = fc.constantFrom('', '2020-05-01', '2024-12-31')
const well = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed())
const as = fc.constantFrom<View['as']>('article', 'file')
const at = fc.option(fc.integer({ min: 0, max: 1e8 }), { nil: null })
const listed = fc.constantFrom<View['screen']>('articles', 'history')
const top = fc.option(fc.integer({ min: 1, max: 20 }), { nil: null })
const sort = fc.constantFrom<View['sort']>('sure', 'time')
const place = fc.option(fc.integer({ min: 1, max: 99999 }), { nil: null })

describe('the address of a view', () => {
  test('a question, its limits and the open source come back from their address', () => {
    fc.assert(
      fc.property(well, place, as, at, day, day, well, (question, cite, shown, at, from, to, source) => {
        const view: View = { ...START, question, cite, as: shown, at, from, to, source }
        expect(read(viewUrl(view))).toEqual(view)
      }),
    )
  })

  test('so do the order of the extracts and how many are wanted', () => {
    fc.assert(
      fc.property(well, top, sort, (question, wanted, order) => {
        const view: View = { ...START, question, top: wanted, sort: order }
        expect(read(viewUrl(view))).toEqual(view)
      }),
    )
  })

  test('so does an article with its paragraph, and the list with its search', () => {
    const id = fc.string({ unit: fc.constantFrom(...'0123456789abcdef-'), minLength: 1 })
    fc.assert(
      fc.property(id, place, as, listed, well, day, (article, paragraph, shown, screen, find, from) => {
        const one: View = { ...START, screen: 'article', article, paragraph, as: shown }
        expect(read(viewUrl(one))).toEqual(one)
        const list: View = { ...START, screen, find, from }
        expect(read(viewUrl(list))).toEqual(list)
      }),
    )
  })

  test('what makes no sense in an address is as if it were not there', () => {
    expect(read('?q=%E9%97%AE&cite=-1&from=2020-13-01&as=x&unknown=1')).toEqual({ ...START, question: '问' })
    for (const odd of ['0', '21', '1e1', '-1', ''])
      expect(read(`?q=%E9%97%AE&top=${odd}&sort=x`)).toEqual({ ...START, question: '问' })
    expect(read('articles/%E0%A4%A#p0')).toMatchObject({
      screen: 'article',
      article: '%E0%A4%A',
      paragraph: null,
    })
  })

  test('the root of the page is found from every address of it', () => {
    expect(rootOf('/')).toBe('/')
    expect(rootOf('/articles/0a-1')).toBe('/')
    expect(rootOf('/tools/chuchu/')).toBe('/tools/chuchu/')
    expect(rootOf('/tools/chuchu/articles/0a-1')).toBe('/tools/chuchu/')
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeIsOfOtherName } from '../../src/ask/find/latin.ts'
import { openFolder } from './seeds.ts'

const ARTICLES = [
  '谷歌发布新模型，Gemini的参数达到1万亿个。',
  'OpenAI公司首席执行官出席会议，介绍ChatGPT。',
  '苹果公司公布财报，智能手机收入下降百分之二。',
  '某公司的iPhone手机壳卖出3万个。',
  '国际原子能机构发表报告。另一处提到IAEA。',
]

describe('of a question that names something in Latin letters', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuchu-latin-'))
  let desk: Awaited<ReturnType<typeof openFolder>>
  beforeAll(async () => {
    for (const [i, text] of ARTICLES.entries()) {
      writeFileSync(join(folder, `${i}.txt`), `标题${i}\n\n${text}`)
    }
    desk = await openFolder(folder)
  }, 180_000)
  afterAll(async () => {
    await desk.close()
    rmSync(folder, { recursive: true })
  })
  /** Places of the texts above whose articles are of something else. */
  const others = (question: string): readonly number[] => {
    const isOfOtherName = makeIsOfOtherName(question, desk.generation)
    return desk.generation.articles.flatMap(({ file }, article) =>
      isOfOtherName(article) ? [Number(desk.generation.files[file]?.name.charAt(0))] : [],
    )
  }

  test.each([
    ['OpenAI的首席执行官是谁', [0, 2, 3, 4]],
    ['openai的首席执行官是谁', [0, 2, 3, 4]],
    ['ＯｐｅｎＡＩ的首席执行官是谁', [0, 2, 3, 4]],
    ['Gemini和ChatGPT哪个大', [0, 1, 2, 3, 4]],
  ])('%s: articles without it are of something else', (question, expected) => {
    expect([...others(question)].sort()).toEqual(expected)
  })

  test.each([
    ['a name that stands nowhere', 'Claude的参数有多少'],
    ['one that only tells apart who is asked about', '做iPhone的公司收入如何'],
    ['an abbreviation that articles may write out', 'IAEA发表了什么'],
    ['short ones', 'AI的参数有多少'],
    ['a question that is in Latin letters as a whole', 'what is OpenAI'],
  ])('%s says nothing', (_, question) => expect(others(question)).toEqual([]))
})

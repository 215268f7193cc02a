import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../src/core/types.ts'
import { openFolder } from './seeds.ts'

const FAQ = `# 大连市住房公积金常见问题

**问：租房可以提取公积金吗？**

答：可以。职工本人及配偶在本市无自有住房且租住商品房的，可以按季度提取，每人每月最高1500元，两人合计最高3000元。

**问：公积金贷款最高能贷多少？**

答：单身职工最高45万元，夫妻双方均正常缴存的最高70万元；多子女家庭上浮20%。

**问：多久能到账？**

答：审核通过后3个工作日内转入本人银行卡。
`

const folder = mkdtempSync(join(tmpdir(), 'chuchu-faq-'))
let desk: Awaited<ReturnType<typeof openFolder>>
beforeAll(async () => {
  writeFileSync(join(folder, 'faq.md'), FAQ)
  desk = await openFolder(folder)
}, 180_000)
afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const ask = (question: string): Promise<Answer> => desk.ask({ question, history: [], top: 5 })

describe('articles that ask and answer', () => {
  test.each([
    ['租房能提公积金吗', '可以'],
    ['公积金贷款最多能贷多少', '45万元'],
    ['夫妻最多贷多少', '70万元'],
    ['提取公积金多久能到账', '3个工作日内'],
  ])('%s: %s, and never what they ask', async (question, told) => {
    const { answered, answer, extracts } = await ask(question)
    expect(answered).toBe(true)
    expect(answer?.text).toBe(told)
    expect(extracts[0]?.text).toMatch(/^问：.+？\n?答：/s)
  })
})

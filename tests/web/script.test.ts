import { describe, expect, test } from 'vitest'
import { loadConverter, looksTraditional } from '../../web/script.ts'

describe('the script of a question', () => {
  test('is traditional when a character stands in it that simplified Chinese does not have', () => {
    for (const text of ['圖書館有多少冊', '這是誰', '軟體', '臺北在哪裡'])
      expect(looksTraditional(text)).toBe(true)
    for (const text of ['图书馆有多少册', '这是谁', '', 'WHO 2020 年 5G', '乾隆年间', '😀，。？'])
      expect(looksTraditional(text)).toBe(false)
  })

  test('changes character by character, and nobody’s words are replaced by others', async () => {
    const [simplified, traditional] = await Promise.all(
      (['simplified', 'traditional'] as const).map(loadConverter),
    )
    expect(simplified?.('圖書館裡的軟體、著名的學者')).toBe('图书馆里的软体、著名的学者')
    expect(traditional?.('图书馆里的软件、著名的学者')).toBe('圖書館裡的軟件、著名的學者')
  })
})

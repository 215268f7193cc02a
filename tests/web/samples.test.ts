import { describe, expect, test } from 'vitest'
import { clozeQuestions, sampleQuestions } from '../../web/samples.ts'
import { takeEvents } from '../../web/stream.ts'

const of = (...texts: string[]) => clozeQuestions({ title: null, texts })

describe('sample questions', () => {
  test('a clause with one figure asks for that figure, with its unit', () => {
    expect(of('今年以来，全市大中型水库共安装监测设备168套。')).toEqual([
      '全市大中型水库共安装监测设备多少套？',
    ])
    expect(of('去年全省粮食作物机械化收获比例达到92.5%。')).toEqual([
      '去年全省粮食作物机械化收获比例达到多少？',
    ])
    expect(of('两家企业合计投入研发经费3.2亿元用于改造。')).toEqual([
      '两家企业合计投入研发经费多少元用于改造？',
    ])
  })

  test('a clause that leans on the one before, or has two figures, asks nothing', () => {
    expect(of('其中大中型水库安装监测设备一共168套。')).toEqual([])
    expect(of('第2批大中型水库安装监测设备一共168套。')).toEqual([])
    expect(of('全市大中型水库监测设备都已经安装完毕。')).toEqual([])
    expect(of('共168套。')).toEqual([])
  })

  test('the clause nearest to the title comes first', () => {
    const texts = ['沿海各地本月一共举办招聘会21场。', '本市大中型水库安装监测设备168套。']
    expect(clozeQuestions({ title: '水库监测设备安装完毕', texts })[0]).toContain('水库')
  })

  test('one question an article, another at another turn, none twice', () => {
    const material = {
      title: null,
      texts: ['沿海各地本月一共举办招聘会21场。本市大中型水库安装监测设备168套。'],
    }
    expect(new Set(sampleQuestions([material, material], 4, 0))).toEqual(new Set(clozeQuestions(material)))
    expect(sampleQuestions([{ title: '今年建设基站5399个', texts: [] }], 4, 0)).toHaveLength(1)
    expect(sampleQuestions([material, { title: '今年建设基站5399个', texts: [] }], 4, 0)).not.toContain(
      '今年建设基站5399个',
    )
    expect(sampleQuestions([material], 4, 0)).not.toEqual(sampleQuestions([material], 4, 1))
    expect(sampleQuestions([], 4, 0)).toEqual([])
  })

  test('a million characters without a clause take no time to speak of', () => {
    const started = performance.now()
    for (const unit of ['文', '9', ' ', '，']) of(unit.repeat(1_000_000))
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('events of a stream', () => {
  test('whole events are taken, the rest waits', () => {
    const { events, rest } = takeEvents(
      'event: extract\nid: 1\ndata: {"n":1}\n\n: heartbeat\n\ndata: a\ndata: b\n\nevent: do',
    )
    expect(events).toEqual([
      { event: 'extract', data: '{"n":1}' },
      { event: 'message', data: 'a\nb' },
    ])
    expect(rest).toBe('event: do')
  })

  test('line separators that JSON leaves as they are do not cut a line', () => {
    const data = JSON.stringify('一\u2028二: 三')
    expect(takeEvents(`event: answer\r\ndata: ${data}\r\n\r\n`).events).toEqual([{ event: 'answer', data }])
  })
})

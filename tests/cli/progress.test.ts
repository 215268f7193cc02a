import { describe, expect, test } from 'vitest'
import { makeMeter, percentOf } from '../../src/cli/progress.ts'
import { columns, type Terminal, visible } from '../../src/cli/terminal.ts'
import type { Progress } from '../../src/core/ports.ts'

const stages: readonly Progress['stage'][] = ['read', 'words', 'embed', 'graph', 'write']

const terminal = (live: boolean, width = 80) => {
  const written: string[] = []
  const made: Terminal = {
    out: () => undefined,
    err: (text) => written.push(text),
    color: false,
    live,
    width: () => width,
  }
  return { made, written }
}

test('the percentage never falls, over all stages, and reaches 99 at most', () => {
  let last = -1
  for (const stage of stages)
    for (let done = 0; done <= 10; done++) {
      const percent = percentOf({ stage, done, total: 10 })
      expect(percent).toBeGreaterThanOrEqual(last)
      last = percent
    }
  expect(last).toBe(99)
  expect(percentOf({ stage: 'embed', done: 0, total: 0 })).toBeLessThanOrEqual(99)
})

describe('progress', () => {
  test('on a terminal is one line, redrawn, no wider than it, with rate and time left', () => {
    const { made, written } = terminal(true, 60)
    let now = 0
    const meter = makeMeter(made, () => now)
    for (let done = 0; done <= 1000; done += 10) {
      meter.show({ stage: 'embed', done, total: 1000 })
      now += 200
    }
    meter.end()
    const lines = written.map((text) => text.replace(/\r\u001b\[2K/g, ''))
    for (const line of lines) {
      expect(line).not.toContain('\n')
      expect(columns(line)).toBeLessThan(60)
    }
    expect(lines[50]).toMatch(/█.*░.* \d+ % embed 500\/1000 passages \(50\/s, 10 s left\)/)
    expect(written.at(-1)).toBe('\r\u001b[2K')
  })

  test('elsewhere is a line a stage and one every ten seconds, without control characters', () => {
    const { made, written } = terminal(false)
    let now = 0
    const meter = makeMeter(made, () => now)
    for (const stage of stages)
      for (let done = 0; done <= 300; done++) {
        meter.show({ stage, done, total: 300 })
        now += 100
      }
    meter.end()
    expect(written.length).toBeLessThan(30)
    expect(written.length).toBeGreaterThanOrEqual(15)
    for (const line of written) expect(line).toMatch(/^ {0,2}\d+ % \w+ [^\u0000-\u0009\u001b]*\n$/)
  })

  test('of quick work is not a line for each step', () => {
    const { made, written } = terminal(false)
    const meter = makeMeter(made, () => 0)
    for (const stage of stages)
      for (let done = 0; done <= 300; done++) meter.show({ stage, done, total: 300 })
    expect(written.length).toBe(stages.length)
  })
})

test('text of articles cannot command the terminal', () => {
  expect(visible('a\u001b[31mb\u0007\u009b1m\u202e\r')).toBe('a\ufffd[31mb\ufffd\ufffd1m\ufffd\ufffd')
  expect(visible('一行\n二行\t三')).toBe('一行\n二行\t三')
})

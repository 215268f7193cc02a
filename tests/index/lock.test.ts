import { spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isBeingBuilt, takeLock } from '../../src/index/lock.ts'
import { temporary } from './temporary.ts'

const lockText = (pid: number, started: string | null): string => JSON.stringify({ pid, started })

describe('the lock', () => {
  test('admits one builder; the second is told who builds', () => {
    const folder = temporary()
    const release = takeLock(folder)
    expect(() => takeLock(folder)).toThrow(
      expect.objectContaining({ code: 'index_locked', message: expect.stringContaining(`${process.pid}`) }),
    )
    expect(isBeingBuilt(folder)).toBe(true)
    release()
    expect(isBeingBuilt(folder)).toBe(false)
    takeLock(folder)()
    expect(readdirSync(folder)).toEqual([])
  })

  test('of a process that is gone is taken over', () => {
    const gone = spawnSync(process.execPath, ['-e', '0'])
    for (const text of [lockText(gone.pid, null), 'torn', '', '{"pid":-1}']) {
      const folder = temporary()
      writeFileSync(join(folder, 'LOCK'), text)
      takeLock(folder)()
      expect(readdirSync(folder)).toEqual([])
    }
  })

  test('of a process whose number now belongs to another is taken over', () => {
    const folder = temporary()
    writeFileSync(join(folder, 'LOCK'), lockText(process.pid, '1'))
    takeLock(folder)()
  })

  test('that was taken over is not removed by its first owner', () => {
    const folder = temporary()
    const release = takeLock(folder)
    writeFileSync(join(folder, 'LOCK'), lockText(1, null))
    release()
    expect(readdirSync(folder)).toEqual(['LOCK'])
  })
})

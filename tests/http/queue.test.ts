import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { makeDeadline } from '../../src/http/deadline.ts'
import { makeQueue } from '../../src/http/queue.ts'
import { makeRate } from '../../src/http/rate.ts'
import { makeShelf } from '../../src/http/shelf.ts'

const never = new AbortController().signal

describe('the queue', () => {
  test('runs so many at a time, the first come first', async () => {
    const queue = makeQueue({ running: 2, waiting: 10, patience_ms: 1000 })
    const order: number[] = []
    let most = 0
    await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        const leave = await queue.turn(never)
        order.push(i)
        most = Math.max(most, queue.load().running)
        await sleep(2)
        leave()
      }),
    )
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(most).toBe(2)
    expect(queue.load()).toEqual({ running: 0, waiting: 0 })
  })

  test('refuses at once when the line is full, and later when the line is too slow', async () => {
    const queue = makeQueue({ running: 1, waiting: 1, patience_ms: 30 })
    const leave = await queue.turn(never)
    const second = queue.turn(never)
    await expect(queue.turn(never)).rejects.toMatchObject({ code: 'overloaded' })
    await expect(second).rejects.toMatchObject({ code: 'overloaded' })
    leave()
    expect(queue.load()).toEqual({ running: 0, waiting: 0 })
    ;(await queue.turn(never))()
  })

  test('ending a turn twice ends it once', async () => {
    const queue = makeQueue({ running: 1, waiting: 5, patience_ms: 1000 })
    const leave = await queue.turn(never)
    const next = queue.turn(never)
    leave()
    leave()
    await next
    expect(queue.load().running).toBe(1)
  })

  test('whoever goes leaves the line, and whoever has gone does not enter it', async () => {
    const queue = makeQueue({ running: 1, waiting: 5, patience_ms: 1000 })
    const leave = await queue.turn(never)
    const gone = new AbortController()
    const waiting = queue.turn(gone.signal)
    gone.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' })
    await expect(queue.turn(gone.signal)).rejects.toMatchObject({ code: 'aborted' })
    expect(queue.load()).toEqual({ running: 1, waiting: 0 })
    leave()
  })
})

describe('the rate', () => {
  test('one request at a time costs nothing, however many there are', () => {
    const rate = makeRate({ burst: 1, refill: 0 })
    for (let i = 0; i < 10_000; i++) {
      const done = rate.admit('a', 0)
      expect(done).not.toBeNull()
      done?.()
    }
  })

  test('requests at once cost a token each; tokens come back with time, never above the burst', () => {
    const rate = makeRate({ burst: 3, refill: 10 })
    const admitted = (now: number, n: number): number =>
      Array.from({ length: n }, () => rate.admit('a', now)).filter((done) => done !== null).length
    expect(admitted(0, 10)).toBe(4)
    expect(admitted(100, 10)).toBe(1)
    expect(admitted(100_000, 10)).toBe(3)
  })

  test('addresses do not cost each other', () => {
    const rate = makeRate({ burst: 0, refill: 0 })
    expect(rate.admit('a', 0)).not.toBeNull()
    expect(rate.admit('a', 0)).toBeNull()
    expect(rate.admit('b', 0)).not.toBeNull()
  })

  test('many addresses do not pile up, and those with requests under way are kept', () => {
    const rate = makeRate({ burst: 0, refill: 0 })
    rate.admit('busy', 0)
    for (let i = 0; i < 50_000; i++) rate.admit(`10.0.${i >> 8}.${i & 255}`, 0)?.()
    expect(rate.admit('busy', 0)).toBeNull()
  })
})

describe('the shelf', () => {
  test('closes an item only after its last borrower, and each once', () => {
    const closed: string[] = []
    const shelf = makeShelf<string>((item) => closed.push(item))
    expect(shelf.borrow()).toBeNull()
    shelf.put('old')
    const first = shelf.borrow()
    const second = shelf.borrow()
    shelf.put('new')
    expect(shelf.current()).toBe('new')
    expect(first?.item).toBe('old')
    first?.release()
    first?.release()
    expect(closed).toEqual([])
    second?.release()
    expect(closed).toEqual(['old'])
    shelf.clear()
    shelf.clear()
    expect(closed).toEqual(['old', 'new'])
    expect(shelf.current()).toBeNull()
  })
})

describe('the deadline', () => {
  test('passes on what work gives, and rejects with timeout when it is late', async () => {
    const deadline = makeDeadline(never, 30)
    await expect(deadline.race(Promise.resolve(7))).resolves.toBe(7)
    await expect(deadline.race(new Promise(() => undefined))).rejects.toMatchObject({ code: 'timeout' })
    expect(deadline.signal.aborted).toBe(true)
  })

  test('fires its signal when the client goes, also when it has gone before', () => {
    const client = new AbortController()
    const deadline = makeDeadline(client.signal, 1000)
    client.abort()
    expect(deadline.signal.reason).toMatchObject({ code: 'aborted' })
    expect(makeDeadline(client.signal, 1000).signal.aborted).toBe(true)
    deadline.clear()
  })

  test('cleared, it fires no more', async () => {
    const deadline = makeDeadline(never, 10)
    deadline.clear()
    await sleep(30)
    expect(deadline.signal.aborted).toBe(false)
  })
})

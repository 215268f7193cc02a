import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ChuchuError, systemCode } from '../core/errors.ts'
import { LOCK } from '../core/index-names.ts'

/** `started`: clock ticks since boot, from /proc; tells a process from a later one of the same number. */
const Owner = z.object({ pid: z.number().int().min(1), started: z.string().nullable() })
type Owner = z.infer<typeof Owner>

/**
 * Makes this process the only builder in the folder, and gives back how to stop being it. A lock whose process
 * is gone is taken over.
 * @throws ChuchuError index_locked naming the process that builds
 */
export const takeLock = (folder: string): (() => void) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, LOCK)
  const own = join(folder, `${LOCK}-${process.pid}`)
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) })
  try {
    writeFileSync(own, mine, { mode: 0o600 })
    if (!link(own, path)) {
      removeStale(path)
      if (!link(own, path)) throw locked(path, readOwner(path))
    }
  } finally {
    rmSync(own, { force: true })
  }
  sweep(folder)
  return () => {
    if (readText(path) === mine) rmSync(path, { force: true })
  }
}

/** Is a process at work in the folder that has its lock? */
export const isBeingBuilt = (folder: string): boolean => {
  const owner = readOwner(join(folder, LOCK))
  return owner !== null && isAlive(owner)
}

/** Removes the files of locks that were being made when their process was killed. */
const sweep = (folder: string): void => {
  for (const name of readdirSync(folder)) {
    const pid = /^LOCK-(?:stale-)?(\d+)$/.exec(name)?.[1]
    if (pid !== undefined && !isAlive({ pid: Number(pid), started: null }))
      rmSync(join(folder, name), { force: true })
  }
}

/** Hard links are made in one step: of two builders that try, one gets EEXIST. */
const link = (from: string, to: string): boolean => {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Moved away under a name of our own and looked at again: if it was another's new lock after all, it goes back. */
const removeStale = (path: string): void => {
  const seen = readText(path)
  const owner = readOwner(path)
  if (owner && isAlive(owner)) throw locked(path, owner)
  const aside = `${path}-stale-${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return
    throw error
  }
  if (readText(aside) !== seen) link(aside, path)
  rmSync(aside, { force: true })
}

const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

/** null for a lock that is gone or that nobody can have written whole: links make whole files only. */
const readOwner = (path: string): Owner | null => {
  try {
    return Owner.safeParse(JSON.parse(readText(path) ?? '')).data ?? null
  } catch {
    return null
  }
}

const isAlive = ({ pid, started }: Owner): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (systemCode(error) !== 'EPERM') return false
  }
  return started === null || startOf(pid) === started
}

/** Field 22 of /proc/<pid>/stat, after the name in brackets; null where there is no /proc. */
const startOf = (pid: number): string | null => {
  const stat = readText(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

const locked = (path: string, owner: Owner | null): ChuchuError =>
  new ChuchuError(
    'index_locked',
    `Process ${owner?.pid ?? '?'} is building this index (${path}). Wait for it, or end it.`,
    { details: { pid: owner?.pid, path } },
  )

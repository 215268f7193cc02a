import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Resident memory in MB of a process and all that descend from it; Linux. */
export const residentMb = (root: number): number => {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = readOr(`/proc/${name}/stat`)
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0]))
  }
  const belongs = (pid: number): boolean => pid === root || (pid > 1 && belongs(parents.get(pid) ?? 0))
  const pages = [...parents.keys()]
    .filter(belongs)
    .map((pid) => Number(readOr(`/proc/${pid}/statm`).split(' ')[1] ?? 0))
  return Math.round((pages.reduce((sum, count) => sum + (count || 0), 0) * 4096) / 1e6)
}

const readOr = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // it has ended meanwhile
  }
}

/** Runs the built program; `peakMb` is sampled five times a second over the whole tree. */
export const runChuchu = (args: readonly string[]) => {
  const child: ChildProcess = spawn(process.execPath, ['dist/cli/main.js', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const started = performance.now()
  let peakMb = 0
  const timer = setInterval(() => {
    if (child.pid !== undefined) peakMb = Math.max(peakMb, residentMb(child.pid))
  }, 200)
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1))).finally(
    () => clearInterval(timer),
  )
  return {
    child,
    ended,
    seconds: (): number => (performance.now() - started) / 1000,
    peakMb: (): number => peakMb,
  }
}

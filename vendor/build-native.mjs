// Compiles the two native packages from the sources npm unpacked, without asking any other host.
// Their own install scripts are switched off in package.json (allowScripts): nodejieba's would run an
// unpinned tool through npx and look for a binary on a website first.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

// The headers that came with this Node, so that node-gyp need not download them.
const prefix = dirname(dirname(process.execPath))
const nodedir = existsSync(join(prefix, 'include', 'node', 'node.h')) ? [`--nodedir=${prefix}`] : []

for (const [name, binary] of [
  ['nodejieba', 'build/Release/nodejieba.node'],
  ['hnswlib-node', 'build/Release/addon.node'],
]) {
  const folder = join('node_modules', name)
  if (!existsSync(folder) || existsSync(join(folder, binary))) continue
  const built = spawnSync('node-gyp', ['rebuild', '--silent', '-C', folder, ...nodedir], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (built.status === 0) continue
  console.error(`${built.stdout ?? ''}${built.stderr ?? built.error ?? ''}`)
  console.error(
    `Could not compile ${name}. Chuchu needs a C++ toolchain (Debian: apt-get install g++ make python3).`,
  )
  process.exit(1)
}

// onnxruntime-node ships the binaries of every platform (94 MB); only this one's are ever loaded.
const binaries = join('node_modules', 'onnxruntime-node', 'bin', 'napi-v3')
for (const platform of existsSync(binaries) ? readdirSync(binaries) : []) {
  if (platform !== process.platform) rmSync(join(binaries, platform), { recursive: true })
}

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

export interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
  /** Strong, in quotes. */
  readonly etag: string
  /** The name holds a hash of the content, so it never changes. */
  readonly immutable: boolean
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** As Vite names them: index-Bq3xT_9a.js. */
const HASHED = /-[\w-]{8}\.\w+$/

/**
 * The files of the built page by URL path, read once: what is not in this list cannot be asked for, whatever
 * the path looks like. Symbolic links and files of unknown kind are left out. Empty when there is no build.
 */
export const readAssets = (folder: string): ReadonlyMap<string, Asset> => {
  const assets = new Map<string, Asset>()
  const walk = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = `${below}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile()) add(path)
    }
  }
  const add = (path: string): void => {
    const type = TYPES[extname(path)]
    if (type === undefined) return
    const bytes = new Uint8Array(readFileSync(join(folder, path)))
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
    assets.set(path, { bytes, type, etag, immutable: path.includes('/assets/') && HASHED.test(path) })
  }
  try {
    walk('')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map()
    throw error
  }
  return assets
}

import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ChuchuError, systemCode } from '../core/errors.ts'
import { CURRENT, DAMAGED, GENERATION, UNFINISHED } from '../core/index-names.ts'
import { replaceDurable, sumOfFile, sync } from './disk.ts'
import { damaged, FILES, type Manifest, readManifest } from './manifest.ts'

/** Generations kept: the one in use and two to fall back on. */
const KEPT = 3

/** Which generation is in use, and the corpus it was built from (fingerprint.ts). */
export interface Current {
  readonly generation: string
  readonly fingerprint: string
}

export const folderOf = (folder: string, id: string): string => join(folder, GENERATION + id)
export const workFolderOf = (folder: string, id: string): string => join(folder, UNFINISHED + id)

/** What CURRENT says: generation on the first line, fingerprint on the second. null when there is none. */
export const readCurrent = (folder: string): Current | null => {
  try {
    const [generation = '', fingerprint = ''] = readFileSync(join(folder, CURRENT), 'utf8').split('\n')
    return /^[0-9a-f]{16}$/.test(generation) ? { generation, fingerprint } : null
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return null
    throw error
  }
}

/** The commit: from here on the new generation is the index. */
export const writeCurrent = (folder: string, current: Current): void =>
  replaceDurable(join(folder, CURRENT), `${current.generation}\n${current.fingerprint}\n`)

/** Ids of all generations whose manifest can be read, newest first, and what is wrong with the others. */
export const listGenerations = (
  folder: string,
): { readonly sound: readonly Manifest[]; readonly faults: readonly ChuchuError[] } => {
  const sound: Manifest[] = []
  const faults: ChuchuError[] = []
  for (const id of namesWith(folder, GENERATION)) {
    try {
      sound.push(readManifest(folderOf(folder, id)))
    } catch (error) {
      if (!(error instanceof ChuchuError)) throw error
      faults.push(error)
    }
  }
  sound.sort((a, b) => (a.builtAt === b.builtAt ? 0 : a.builtAt < b.builtAt ? 1 : -1))
  return { sound, faults }
}

/**
 * Compares every file of a generation with its manifest.
 * @throws ChuchuError index_damaged, index_mismatch
 */
export const verifyGeneration = (folder: string, id: string): Manifest => {
  const path = folderOf(folder, id)
  const manifest = readManifest(path)
  if (manifest.id !== id) throw damaged(path, `its manifest is that of ${manifest.id}`)
  for (const name of FILES) checkFile(path, name, manifest)
  return manifest
}

const checkFile = (path: string, name: (typeof FILES)[number], manifest: Manifest): void => {
  const file = join(path, name)
  try {
    const found = sumOfFile(file)
    const expected = manifest.files[name]
    if (found.size === expected.size && found.sha256 === expected.sha256) return
  } catch (cause) {
    throw damaged(file, `it cannot be read (${systemCode(cause)})`, cause)
  }
  throw damaged(file, 'it does not match its hash')
}

/** A damaged generation is put aside for whoever wants to look; one is kept. */
export const putAside = (folder: string, id: string): void => {
  for (const other of namesWith(folder, DAMAGED))
    rmSync(join(folder, DAMAGED + other), { recursive: true, force: true })
  renameSync(folderOf(folder, id), join(folder, DAMAGED + id))
  sync(folder)
}

/** Removes what a killed build left. Only under the lock. */
export const removeLeftovers = (folder: string): void => {
  for (const id of namesWith(folder, UNFINISHED))
    rmSync(workFolderOf(folder, id), { recursive: true, force: true })
  rmSync(join(folder, `${CURRENT}.tmp`), { force: true })
}

/** Keeps the one in use and the newest others. A reader that has one open reads on: its files stay until closed. */
export const prune = (folder: string, inUse: string): void => {
  const { sound } = listGenerations(folder)
  const others = sound.filter(({ id }) => id !== inUse)
  for (const { id } of others.slice(KEPT - 1)) rmSync(folderOf(folder, id), { recursive: true, force: true })
}

/** @throws ChuchuError bad_config when the folder is a file */
const namesWith = (folder: string, prefix: string): readonly string[] =>
  namesIn(folder)
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .sort()

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    if (systemCode(error) !== 'ENOTDIR') throw error
    throw new ChuchuError('bad_config', `CHUCHU_INDEX names a file, ${folder}. Set it to a folder.`, {
      cause: error,
    })
  }
}

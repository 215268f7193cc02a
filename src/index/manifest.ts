import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ChuchuError } from '../core/errors.ts'
import { writeDurable } from './disk.ts'

/** Raised when a reader of the old layout would read the new one wrongly. */
export const FORMAT = 1
/** The files of a generation besides manifest.json, in the order they are written. */
export const FILES = [
  'texts.bin',
  'corpus.jsonl',
  'passages.bin',
  'postings.bin',
  'keys.bin',
  'vectors.bin',
  'vectors.hnsw',
  'sentences.bin',
] as const
export type FileName = (typeof FILES)[number]

const count = z.number().int().min(0)
const Sum = z.object({ size: count, sha256: z.string().regex(/^[0-9a-f]{64}$/) })

const Manifest = z.object({
  format: z.literal(FORMAT),
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** ISO 8601; the only thing in a generation that differs between two builds of the same. */
  builtAt: z.iso.datetime(),
  /** Embedder.id. */
  embedder: z.string(),
  dim: z.number().int().min(1),
  /** How terms are cut (terms.ts). */
  words: z.string(),
  counts: z.object({ files: count, articles: count, passages: count, terms: count, postings: count }),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  files: z.record(z.enum(FILES), Sum),
})

/** What a generation says about itself. */
export type Manifest = z.infer<typeof Manifest>

/** The digest guards the manifest, which guards everything else. */
const Envelope = z.object({ digest: z.string(), manifest: z.unknown() })

const NAME = 'manifest.json'

const digestOf = (manifest: unknown): string =>
  createHash('sha256').update(JSON.stringify(manifest)).digest('hex')

/** Written last: a folder without it is no generation. */
export const writeManifest = (folder: string, manifest: Manifest): void => {
  const text = `${JSON.stringify({ digest: digestOf(manifest), manifest }, null, 2)}\n`
  writeDurable(join(folder, NAME), [Buffer.from(text)])
}

/** @throws ChuchuError index_damaged, index_mismatch */
export const readManifest = (folder: string): Manifest => {
  const path = join(folder, NAME)
  let raw: unknown
  try {
    raw = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw damaged(path, 'it cannot be read', cause)
  }
  const envelope = Envelope.safeParse(raw)
  if (!envelope.success || envelope.data.digest !== digestOf(envelope.data.manifest)) {
    throw damaged(path, 'it does not match its own digest')
  }
  const { manifest } = envelope.data
  const format = z.looseObject({ format: z.number() }).safeParse(manifest).data?.format
  if (format !== FORMAT) {
    throw new ChuchuError(
      'index_mismatch',
      `${path} has format ${format}, this version reads ${FORMAT}. Build it again: chuchu index`,
    )
  }
  const parsed = Manifest.safeParse(manifest)
  if (!parsed.success) throw damaged(path, z.prettifyError(parsed.error))
  return parsed.data
}

/** A file of the index is not what was written. */
export const damaged = (path: string, why: string, cause?: unknown): ChuchuError =>
  new ChuchuError('index_damaged', `${path} is damaged: ${why}. Build the index again: chuchu index`, {
    cause,
    details: { path },
  })

import { createHash } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { describeModel, verifyModel } from '../../src/models/folder.ts'

const FILES: Readonly<Record<string, string>> = {
  'config.json': '{"max_position_embeddings": 512}',
  'tokenizer.json': '{}',
  'tokenizer_config.json': '{}',
  'model.json': JSON.stringify({
    kind: 'embedder',
    pooling: 'cls',
    normalize: true,
    dim: 4,
    maxTokens: 512,
    extra: 1,
  }),
  'onnx/model_quantized.onnx': 'weights',
}

const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'chuchu-models-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A folder of one model, `m`, with right sums for whatever it holds. */
const modelsWith = (changed: Readonly<Record<string, string>> = {}): string => {
  const models = temporary()
  let sums = ''
  for (const [name, text] of Object.entries({ ...FILES, ...changed })) {
    const path = join(models, 'm', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    sums += `${createHash('sha256').update(text).digest('hex')}  ${name}\n`
  }
  writeFileSync(join(models, 'm', 'SHA256SUMS'), sums)
  return models
}

const read = (models: string) => verifyModel(describeModel(models, 'm', 'embedder'))

describe('a model folder', () => {
  test('gives its graph, and its own words about itself', () => {
    const models = modelsWith()
    expect(readFileSync(read(models).graph, 'utf8')).toBe('weights')
    expect(describeModel(models, 'm', 'embedder').file).toMatchObject({
      dim: 4,
      questionPrefix: '',
      extra: 1,
    })
  })

  test('has an id that any change of any file changes', () => {
    const ids = [{}, { 'config.json': '{}' }, { 'onnx/model_quantized.onnx': 'w' }].map(
      (changed) => describeModel(modelsWith(changed), 'm', 'embedder').id,
    )
    expect(new Set(ids).size).toBe(3)
    for (const id of ids) expect(id).toMatch(/^m@[0-9a-f]{12}$/)
    expect(describeModel(modelsWith(), 'm', 'embedder').id).toBe(ids[0])
  })

  test('with any file changed, cut, grown, emptied or gone is refused by name, with both hashes', () => {
    const sound = modelsWith()
    for (const name of Object.keys(FILES)) {
      const harm: readonly ((path: string) => void)[] = [
        (path) =>
          writeFileSync(
            path,
            readFileSync(path).map((byte, i) => (i === 0 ? byte ^ 1 : byte)),
          ),
        (path) => truncateSync(path, 1),
        (path) => appendFileSync(path, ' '),
        (path) => truncateSync(path, 0),
      ]
      for (const act of harm) {
        const models = temporary()
        cpSync(sound, models, { recursive: true })
        act(join(models, 'm', name))
        expect(() => read(models), name).toThrow(expect.objectContaining({ code: 'model_damaged' }))
      }
      const models = temporary()
      cpSync(sound, models, { recursive: true })
      rmSync(join(models, 'm', name))
      expect(() => read(models)).toThrow(expect.objectContaining({ code: 'model_missing' }))
      expect(() => read(models)).toThrow(name)
    }
    const models = modelsWith()
    writeFileSync(join(models, 'm', 'tokenizer.json'), 'x')
    expect(() => read(models)).toThrow(
      /tokenizer\.json.*expected SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}.*git checkout/,
    )
  })

  test('that is not there, or has no sums, is missing', () => {
    expect(() => describeModel(temporary(), 'm', 'embedder')).toThrow(
      expect.objectContaining({ code: 'model_missing' }),
    )
    const models = modelsWith()
    rmSync(join(models, 'm', 'SHA256SUMS'))
    expect(() => read(models)).toThrow(expect.objectContaining({ code: 'model_missing' }))
  })

  test.each([
    ['another kind', { 'model.json': '{"kind":"reader","maxTokens":384}' }, 'it is a reader'],
    ['no dim', { 'model.json': '{"kind":"embedder","pooling":"cls"}' }, 'dim'],
    ['no JSON', { 'model.json': '{' }, 'model.json'],
    ['more tokens than positions', { 'config.json': '{"max_position_embeddings": 128}' }, 'maxTokens 512'],
  ])('with %s says so', (_, changed, words) => {
    expect(() => read(modelsWith(changed))).toThrow(expect.objectContaining({ code: 'model_damaged' }))
    expect(() => read(modelsWith(changed))).toThrow(words)
  })

  test('whose sums name a file outside of it, or are not sums, is refused', () => {
    for (const line of [`${'0'.repeat(64)}  ../../etc/passwd`, 'not a sum', `${'0'.repeat(64)}  a/../../b`]) {
      const models = modelsWith()
      appendFileSync(join(models, 'm', 'SHA256SUMS'), `${line}\n`)
      expect(() => read(models)).toThrow(expect.objectContaining({ code: 'model_damaged' }))
    }
    const models = modelsWith()
    writeFileSync(join(models, 'm', 'SHA256SUMS'), '')
    expect(() => read(models)).toThrow(/lists none/)
  })
})

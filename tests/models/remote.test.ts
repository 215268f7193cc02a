import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startModels } from '../../src/models/client.ts'
import { describeModel } from '../../src/models/folder.ts'
import { fetchModel } from '../../src/models/remote.ts'
import { EMBEDDER, hasModel, MODELS } from './real.ts'

/** A host laid out like Hugging Face's, with these files of `some/model`. */
const hostWith = async (files: Readonly<Record<string, string | Buffer>>) => {
  const asked: string[] = []
  const server = createServer((request, reply) => {
    const name = request.url?.replace('/some/model/resolve/main/', '') ?? ''
    asked.push(name)
    const body = files[name]
    reply.writeHead(body === undefined ? 404 : 200).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return { host: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked }
}

const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'chuchu-models-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const small = {
  'config.json': '{"hidden_size": 8, "max_position_embeddings": 64}',
  'tokenizer.json': '{}',
  'tokenizer_config.json': '{"model_max_length": 1e30}',
  'onnx/model.onnx': 'weights',
}

describe('a model fetched by its Hugging Face id', () => {
  test('lies in the cache as any other, described by its own files, and is fetched once', async () => {
    const models = temporary()
    const { host, asked } = await hostWith({
      ...small,
      '1_Pooling/config.json': '{"pooling_mode_mean_tokens": true}',
    })
    const options = { models, name: 'some/model', remote: true, host }
    const name = await fetchModel(options)
    expect(name).toBe(join('.cache', 'some__model'))
    expect(describeModel(models, name, 'embedder').file).toMatchObject({
      pooling: 'mean',
      dim: 8,
      maxTokens: 64,
    })
    const before = asked.length
    expect(await fetchModel(options)).toBe(name)
    expect(asked).toHaveLength(before)
  })

  test('that lacks a file, or whose host is not there, leaves nothing and says why', async () => {
    const models = temporary()
    const { host } = await hostWith({ 'config.json': '{}' })
    const options = { models, name: 'some/model', remote: true, host }
    await expect(fetchModel(options)).rejects.toMatchObject({
      code: 'model_missing',
      message: /no tokenizer\.json/,
    })
    await expect(fetchModel({ ...options, host: 'http://127.0.0.1:1/' })).rejects.toMatchObject({
      code: 'model_missing',
      message: /could not be fetched/,
    })
    expect(existsSync(join(models, '.cache')) ? readdirSync(join(models, '.cache')) : []).toEqual([])
  })

  test.skipIf(!hasModel)(
    'embeds',
    async () => {
      const files = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx']
      const { host } = await hostWith(
        Object.fromEntries(files.map((file) => [file, readFileSync(join(MODELS, EMBEDDER, file))])),
      )
      const models = startModels({
        models: temporary(),
        embedder: 'some/model',
        reader: 'none',
        remoteModels: true,
        remoteHost: host,
      })
      onTestFinished(() => models.close())
      await models.ready()
      expect(models.embedder.id).toMatch(/^some\/model@[0-9a-f]{12}$/)
      expect(await models.embedder.question('大连')).toHaveLength(models.embedder.dim)
    },
    60_000,
  )
})

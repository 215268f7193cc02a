import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EMBEDDER, MODELS } from './real.ts'

/**
 * A reader of one rule, as ONNX of IR 6 and opset 11: a piece of the passage (attention_mask · token_type_ids) that is
 * 港 (3949 in the vocabulary) has start and end logits 9, every other 0; relevance is 4 when there is one, else -4.
 */
const GRAPH = [
  'CAYSBmNodWNodTrsBAodCglpbnB1dF9pZHMKBXBpZWNlEgJpcyIFRXF1YWwKGgoCaXMSA2lzZiIEQ2FzdCoJCgJ0',
  'bxgBoAECCiYKDnRva2VuX3R5cGVfaWRzEgNzZWciBENhc3QqCQoCdG8YAaABAgonCg5hdHRlbnRpb25fbWFzaxIE',
  'bWFzayIEQ2FzdCoJCgJ0bxgBoAECChUKA2lzZgoDc2VnEgRoaXQwIgNNdWwKFgoEaGl0MAoEbWFzaxIDaGl0IgNN',
  'dWwKHgoDaGl0CgRuaW5lEgxzdGFydF9sb2dpdHMiA011bAocCgNoaXQKBG5pbmUSCmVuZF9sb2dpdHMiA011bAoz',
  'CgNoaXQSA3RvcCIJUmVkdWNlTWF4KgsKBGF4ZXNAAaABByoPCghrZWVwZGltcxgAoAECChUKA3RvcAoFZWlnaHQS',
  'AnQ4IgNNdWwKGgoCdDgKBGZvdXISCXJlbGV2YW5jZSIDU3ViEgZyZWFkZXIqExAHQgVwaWVjZUoIbQ8AAAAAAAAq',
  'DhABQgRuaW5lSgQAABBBKg8QAUIFZWlnaHRKBAAAAEEqDhABQgRmb3VySgQAAIBAWhwKCWlucHV0X2lkcxIPCg0I',
  'BxIJCgIIAQoDEgF0WiEKDmF0dGVudGlvbl9tYXNrEg8KDQgHEgkKAggBCgMSAXRaIQoOdG9rZW5fdHlwZV9pZHMS',
  'DwoNCAcSCQoCCAEKAxIBdGIfCgxzdGFydF9sb2dpdHMSDwoNCAESCQoCCAEKAxIBdGIdCgplbmRfbG9naXRzEg8K',
  'DQgBEgkKAggBCgMSAXRiFwoJcmVsZXZhbmNlEgoKCAgBEgQKAggBQgQKABAL',
].join('')

/** Writes a folder of it, with the tokenizer of the embedder. */
export const writeTinyReader = (models: string, name: string): void => {
  const read = (file: string): Buffer => readFileSync(join(MODELS, EMBEDDER, file))
  const files = {
    'config.json': read('config.json'),
    'tokenizer.json': read('tokenizer.json'),
    'tokenizer_config.json': read('tokenizer_config.json'),
    'model.json': Buffer.from('{"kind":"reader","maxTokens":64,"maxQuestionTokens":16}'),
    'onnx/model_quantized.onnx': Buffer.from(GRAPH, 'base64'),
  }
  let sums = ''
  for (const [file, bytes] of Object.entries(files)) {
    const path = join(models, name, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    sums += `${createHash('sha256').update(bytes).digest('hex')}  ${file}\n`
  }
  writeFileSync(join(models, name, 'SHA256SUMS'), sums)
}

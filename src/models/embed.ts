import { ChuchuError } from '../core/errors.ts'
import { toPieces } from './align.ts'
import type { EmbedderFile } from './folder.ts'
import type { Session, Tensor, Tokenizer } from './runtime.ts'

/** Characters a token can stand for at most before the tokenizer sees the text: it reads all of what it is given. */
const CHARACTERS_A_TOKEN = 16

/** The name every exporter gives to the states of all tokens. */
const HIDDEN = 'last_hidden_state'

/** Text → unit vector. `prefix` goes before the text. One text a call, so that a vector never depends on others. */
export const makeEmbed =
  (model: EmbedderFile, tokenizer: Tokenizer, session: Session) =>
  async (text: string, prefix: string): Promise<Float32Array> => {
    const ids = encode(prefix + text, model.maxTokens, tokenizer)
    const output = await session.run(feeds(ids, new Int32Array(ids.length), session.inputs))
    const tensor = output[HIDDEN] ?? output[session.outputs[0] ?? '']
    return unit(pool(tensor, model))
  }

const encode = (text: string, max: number, tokenizer: Tokenizer): Int32Array => {
  const capped = text.slice(0, max * CHARACTERS_A_TOKEN)
  if (tokenizer.vocabulary === null) {
    return tokenizer.encode(capped.replace(/\p{Cs}/gu, '\ufffd').normalize('NFKC'), max)
  }
  const { ids } = toPieces(capped, tokenizer.vocabulary)
  return Int32Array.from([tokenizer.cls, ...ids.subarray(0, max - 2), tokenizer.sep])
}

/** The inputs a BERT graph may name, as rows of equal length: no padding, so the mask is all ones. */
export const feeds = (
  ids: Int32Array,
  segments: Int32Array,
  names: readonly string[],
): Readonly<Record<string, Int32Array>> => {
  const rows: Record<string, Int32Array> = {
    input_ids: ids,
    attention_mask: new Int32Array(ids.length).fill(1),
    token_type_ids: segments,
    position_ids: Int32Array.from(ids.keys()),
  }
  return Object.fromEntries(names.flatMap((name) => (rows[name] ? [[name, rows[name]]] : [])))
}

/** (1, tokens, dim) → the first token or the mean; (1, dim) is pooled already. */
const pool = (tensor: Tensor | undefined, model: EmbedderFile): Float32Array => {
  if (!(tensor?.data instanceof Float32Array)) throw unusable('it gives no float32 tensor')
  const { data, dims } = tensor
  if (dims.at(-1) !== model.dim)
    throw unusable(`model.json says dim ${model.dim}, the graph gives ${dims.at(-1)}`)
  if (dims.length === 2 || model.pooling === 'cls') return data.slice(0, model.dim)
  const sum = new Float32Array(model.dim)
  for (const [i, value] of data.entries()) sum[i % model.dim] = (sum[i % model.dim] ?? 0) + value
  return sum
}

const unit = (vector: Float32Array): Float32Array => {
  const length = Math.hypot(...vector)
  if (!(Number.isFinite(length) && length > 0)) throw unusable('its vector is not finite')
  return vector.map((value) => value / length)
}

const unusable = (why: string): ChuchuError =>
  new ChuchuError('model_damaged', `The embedder cannot be used: ${why}. Check its model.json.`)

import { ChuchuError } from '../core/errors.ts'
import type { ModelFault } from '../models/pool.ts'

/* For GET /readyz, GET /index and the page: in Chinese, and without paths, which have no place there. */

/** Why a build failed. */
export const indexTrouble = (fault: unknown): string =>
  (fault instanceof ChuchuError && OF_INDEX[fault.code]) || '没有建成，请看服务的日志。'

const OF_INDEX: Readonly<Record<string, string>> = {
  bad_input: '两个资料文件夹里有同名的文件，请给其中一个改名。',
  corpus_missing: '资料文件夹不存在或无法读取。',
  corpus_empty: '资料文件夹里没有可读的文章。',
  index_missing: '建立索引的程序中途停止了，索引没有建成。',
  disk_full: '磁盘空间不足，索引没有建成。',
  model_missing: '缺少模型文件。',
  model_damaged: '模型文件已损坏。',
  model_unavailable: '模型没有响应，索引没有建成。',
  bad_config: '设置有误，请看服务的日志。',
}

/** Why a model is down, what is done without it, and what to do. models/crew.ts looks at its files again by itself. */
export const modelTrouble = ({ kind, code }: ModelFault): string => {
  const { name, without } = PART[kind]
  if (code === 'model_missing') return `缺少${name}的文件，${without}。${RESTORE}`
  if (code === 'model_damaged') return `${name}的文件已损坏或无法载入，${without}。${RESTORE}`
  return `${name}的进程接连退出，${without}。半分钟后自动再试；若一直如此，请看服务的日志，并运行 chuchu doctor。`
}

const PART = {
  embedder: { name: '查找模型（embedder）', without: '这期间只按字词查找' },
  reader: { name: '阅读模型（reader）', without: '这期间按规则选取答案' },
} as const

const RESTORE =
  '哪个文件不对，服务的日志里有；恢复它（git checkout -- models）之后约半分钟自动载入，不必重启。'

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { encoded } from '../encoded.ts'

const BRIDGE = `青石桥重修完工
2021-06-01
县交通局昨日宣布，青石桥重修工程历时14个月完工，总投资3200万元。
桥长268米，宽12米，设计使用年限为100年。
工程由县路桥公司承建，负责人是周明远。
`
const LIBRARY = `图书馆延长开放时间
从7月1日起，县图书馆每天开放到晚上10点，新增座位380个。
馆长刘芳说，去年到馆读者达到21万人次，比上年增长15.2%。
`
const TEA = `春茶開採
今年全鄉茶園面積達到四千二百畝，預計產量一百五十噸。
茶農陳阿水說，今年的春茶比去年早採了八天。
`
const MARSH = `湿地观鸟记录
志愿者在湿地记录到候鸟126种，其中国家一级保护动物9种。
黑脸琵鹭的数量为47只，创下历史新高。
`
const LINES = [
  {
    id: 'n1',
    title: '运动会闭幕',
    date: '2022-10-09',
    source: '县报',
    text: '第十二届运动会昨天闭幕，代表团获得金牌23枚。\n田径队教练孙立说，明年将增加训练场地5处。',
  },
  {
    _id: 'n2',
    title: '夜班公交',
    date: '2023-03-15',
    byline: '记者 何平',
    text: '夜班公交7路末班车延长到23时30分，票价2元。',
  },
  { title: '无编号', text: '本条没有编号，用来检查按行号引用：仓库存粮8600吨。' },
]

/** A small corpus in every format and encoding: five files, seven articles. */
export const writeCorpus = (folder: string): void => {
  const put = (name: string, bytes: string | Buffer): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  put('桥 "新".txt', BRIDGE)
  put('旧/图书馆.txt', encoded(LIBRARY, 'gb18030'))
  put('旧/茶.txt', encoded(TEA, 'big5'))
  put('湿地.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(MARSH, 'utf16le')]))
  put('新闻.jsonl', LINES.map((line) => JSON.stringify(line)).join('\n'))
}

/** Short names, as news has them. */
const namesOf = (list: string): readonly string[] => list.split(/\s+/).filter((name) => name !== '')

/** Provinces and regions of China, those cities among them that are none's. */
export const PROVINCES: ReadonlySet<string> = new Set(
  namesOf(`
北京 天津 上海 重庆
河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门`),
)
/** Cities of China down to the prefecture level. */
export const CITIES: ReadonlySet<string> = new Set(
  namesOf(`
北京 天津 上海 重庆
石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布
沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 延边 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化
南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城
福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽
郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底
广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州
成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理 拉萨 日喀则 昌都 林芝
西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 台北 高雄`),
)
const ABROAD = namesOf(`
美国 英国 法国 德国 日本 韩国 朝鲜 俄罗斯 印度 加拿大 澳大利亚 新西兰 巴西 阿根廷 墨西哥 智利 意大利 西班牙 葡萄牙 荷兰 比利时 瑞士 瑞典 挪威 丹麦 芬兰 波兰 捷克 匈牙利 希腊 土耳其 乌克兰 白俄罗斯 哈萨克斯坦 蒙古 越南 泰国 新加坡 马来西亚 印度尼西亚 菲律宾 缅甸 柬埔寨 老挝 巴基斯坦 阿富汗 伊朗 伊拉克 以色列 沙特 阿联酋 卡塔尔 埃及 南非 尼日利亚 肯尼亚 埃塞俄比亚
东京 大阪 首尔 莫斯科 伦敦 巴黎 柏林 罗马 纽约 华盛顿 曼谷 河内 新德里 悉尼 迪拜`)

const KNOWN: ReadonlySet<string> = new Set([...PROVINCES, ...CITIES, ...ABROAD])
/** What is left of a formal name when the kind of place is taken off: 营口市, 营口港 → 营口. */
const KIND = /(?:特别行政区|自治区|自治州|自治县|开发区|新区|省|市|县|区|州|盟|旗|镇|乡|港|岛)$/

/** Cities whose names are words as well: guests, sunshine, silver. */
const WORDS: ReadonlySet<string> = new Set(['来宾', '日照', '白银'])

/** A name that is a place beyond doubt: on the list, or on it without its last syllable. Nicknames (山城) are not. */
export const isKnownPlace = (name: string): boolean =>
  !WORDS.has(name) && (KNOWN.has(name) || KNOWN.has(bare(name)))

/** Who acts for a city or province: 哈尔滨市委 → 哈尔滨市. */
const OFFICE = /(?<=[市省])(?:委|长|政府|人|里|内)+$/
/** A place's name without its kind: 营口市, 营口港 → 营口. */
export const bare = (name: string): string => name.replace(OFFICE, '').replace(KIND, '')

/** The listed city of China that a word names (大连市, 大连市委 → 大连), or null. */
export const cityOf = (name: string): string | null => {
  const short = CITIES.has(name) ? name : bare(name)
  return CITIES.has(short) ? short : null
}

/** Longest name of the list. */
const LONGEST = 6

/** Listed names in a text, in order, also inside longer words; where two overlap, the longer. */
export const placesIn = (text: string): readonly string[] => {
  const found: string[] = []
  for (let at = 0; at < text.length; ) {
    const name = longestAt(text, at)
    if (name !== '') found.push(name)
    at += Math.max(1, name.length)
  }
  return found
}

const longestAt = (text: string, at: number): string => {
  for (let size = LONGEST; size > 1; size--) {
    const name = text.slice(at, at + size)
    if (KNOWN.has(name)) return name
  }
  return ''
}

/** The fields of the filter language: their comparisons and names. */
import { fieldNames, type FieldName } from './tree';

/** A fixed value of a field, with its other spellings (lower case). */
interface FieldWord {
  readonly word: string;
  readonly aliases: readonly string[];
}

export interface FieldSpec<F extends string = FieldName> {
  readonly name: F;
  /** Lower case. */
  readonly aliases: readonly string[];
  /** Unit of the numbers; `null`: no numbers. */
  readonly number: 'plain' | 'bytes' | 'fen' | 'ms' | null;
  readonly isTime: boolean;
  /** The meaning of `:` for texts; `null`: no texts. */
  readonly text: 'equals' | 'contains' | null;
  /** From low to high if `ordered`. */
  readonly words: readonly FieldWord[];
  readonly ordered: boolean;
}

export const noValues = { number: null, isTime: false, text: null, words: [], ordered: false } as const;

const severities: readonly FieldWord[] = [
  { word: 'info', aliases: ['note', '提示'] },
  { word: 'warning', aliases: ['警告', '预警'] },
  { word: 'error', aliases: ['错误'] },
];

const table: { readonly [N in FieldName]: Omit<FieldSpec, 'name'> } = {
  time: { ...noValues, aliases: ['at', 'day', 'date', '时间', '日期'], isTime: true },
  vmc: {
    ...noValues,
    aliases: ['vmcno', 'vmc_no', 'machine', '机器', '机器编号', '机器号', '机号', '机器名称'],
    number: 'plain',
    text: 'contains',
  },
  dir: {
    ...noValues,
    aliases: ['direction', '方向'],
    words: [
      { word: 'in', aliases: ['received', 'from the machine', '收', '接收', '收到', '来自机器'] },
      { word: 'out', aliases: ['sent', 'to the machine', '发', '发送', '发出', '发给机器'] },
    ],
  },
  cmd: { ...noValues, aliases: ['command', '指令', '命令'], text: 'equals' },
  size: { ...noValues, aliases: ['bytes', 'len', 'length', 'frame.len', '大小', '长度'], number: 'bytes' },
  head: {
    ...noValues,
    aliases: ['帧头', '包头'],
    words: [
      { word: 'decimal', aliases: ['十进制'] },
      { word: 'le48', aliases: [] },
      { word: 'none', aliases: ['无'] },
    ],
  },
  seq: { ...noValues, aliases: ['sequence', '序号'], number: 'plain' },
  conn: { ...noValues, aliases: ['connection', 'tcp.stream', '连接'], number: 'plain' },
  peer: {
    ...noValues,
    aliases: [
      'ip',
      'addr',
      'port',
      'ip.addr',
      'ip.src',
      'ip.dst',
      'tcp.port',
      'tcp.srcport',
      'tcp.dstport',
      '地址',
      '端口',
    ],
    number: 'plain',
    text: 'equals',
  },
  id: { ...noValues, aliases: ['entry', 'frame.number', '帧号', '记录号'], number: 'plain' },
  gap: { ...noValues, aliases: ['delta', 'frame.time_delta', 'tcp.time_delta', '间隔'], number: 'ms' },
  latency: { ...noValues, aliases: ['response_time', '应答时间', '应答耗时'], number: 'ms' },
  answered: {
    ...noValues,
    aliases: ['应答'],
    words: [
      { word: 'yes', aliases: ['有', '有应答', '已应答'] },
      { word: 'late', aliases: ['超时', '迟到'] },
      { word: 'no', aliases: ['无', '无应答', '未应答', '没有'] },
    ],
  },
  text: { ...noValues, aliases: ['文字', '文本', '内容'], text: 'contains' },
  finding: {
    ...noValues,
    aliases: ['findings', '发现', '异常', '异常发现'],
    text: 'equals',
    words: severities,
    ordered: true,
  },
  kind: {
    ...noValues,
    aliases: ['type', '类型'],
    words: [
      { word: 'frame', aliases: ['帧', '数据帧'] },
      { word: 'junk', aliases: ['杂乱字节', '无法识别', '无法识别的字节'] },
      { word: 'opened', aliases: ['open', 'connected', '连上', '建立连接'] },
      { word: 'closed', aliases: ['close', 'disconnected', '断开', '断开连接'] },
      { word: 'finding', aliases: ['发现', '异常发现'] },
    ],
  },
  code: {
    ...noValues,
    aliases: ['error_code', 'errorcode', '故障码', '故障代码', '错误码', '代码'],
    text: 'equals',
  },
  severity: {
    ...noValues,
    aliases: ['级别', '严重程度'],
    // For machine errors. The severity of a finding is a word of `finding`.
    words: [
      { word: 'info', aliases: ['提示'] },
      { word: 'warning', aliases: ['预警', '警告'] },
      { word: 'fault', aliases: ['error', '一般故障', '故障', '部件故障'] },
      { word: 'fatal', aliases: ['critical', '严重', '严重故障'] },
    ],
    ordered: true,
  },
  order: {
    ...noValues,
    aliases: ['orderno', 'order_no', '订单', '订单号'],
    text: 'equals',
  },
  product: {
    ...noValues,
    aliases: ['productid', 'product_id', 'drink', '产品', '饮品'],
    number: 'plain',
    text: 'contains',
  },
  amount: { ...noValues, aliases: ['price', '金额', '价格'], number: 'fen' },
  fold: { ...noValues, aliases: ['折叠'], words: [{ word: 'hb', aliases: ['heartbeat', '心跳'] }] },
  note: { ...noValues, aliases: ['notes', '备注'], text: 'contains' },
  mark: { ...noValues, aliases: ['marks', '标记'], text: 'equals' },
  body: { ...noValues, aliases: ['json', '包体', '正文'], number: 'plain', text: 'equals' },
};

export const specOf = (name: FieldName): FieldSpec => ({ name, ...table[name] });
export const fieldSpecs: readonly FieldSpec[] = fieldNames.map(specOf);

/** The fields of a filter. */
export interface Vocabulary<F extends string = FieldName> {
  readonly specs: readonly FieldSpec<F>[];
  /** The field with this name, ignoring case. */
  readonly find: (name: string) => FieldSpec<F> | null;
  readonly everyName: readonly string[];
  /** The field of bare words. */
  readonly text: FieldSpec<F>;
  /** The field of `ERROR:5300`. */
  readonly code: FieldSpec<F>;
}

export function vocabularyOf<F extends string>(
  specs: readonly FieldSpec<F>[],
  { text, code }: { readonly text: FieldSpec<F>; readonly code: FieldSpec<F> },
): Vocabulary<F> {
  const byName = new Map(
    specs.flatMap((spec) => [spec.name, ...spec.aliases].map((name) => [name.toLowerCase(), spec])),
  );
  return {
    specs,
    find: (name) => byName.get(name.toLowerCase()) ?? null,
    everyName: [...byName.keys()],
    text,
    code,
  };
}

export const frameVocabulary = vocabularyOf(fieldSpecs, { text: specOf('text'), code: specOf('code') });
export const findField = frameVocabulary.find;

/** The word of `spec` with this spelling. */
export function findWord(spec: FieldSpec<string>, text: string): string | null {
  const wanted = text.trim().toLowerCase();
  return spec.words.find(({ word, aliases }) => word === wanted || aliases.includes(wanted))?.word ?? null;
}

/** The position of a word in its field's order. */
export const rankOf = (spec: FieldSpec<string>, word: string): number =>
  spec.words.findIndex((each) => each.word === word);

export const takesComparisons = (spec: FieldSpec<string>): boolean =>
  spec.number !== null || spec.isTime || spec.ordered;

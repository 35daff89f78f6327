/** The support file as the window sees it. Sizes are bytes, times ms since 1970. */
import type { ExportDamage, Job } from './capture';
import type { Words } from '../words';

/** Limit of a support file. */
export const supportLimit = 50_000_000;
/** Limit of the requested time: a week. */
export const supportHours = 168;

/** Its parts, in the order of its list. Texts: `support.part.<kind>`. */
export const supportKinds = [
  'versions',
  'settings',
  'network',
  'journal',
  'disk',
  'doctor',
  'log',
  'crashes',
  'frames',
] as const;
export type SupportKind = (typeof supportKinds)[number];

/** Parts that a person may exclude. */
export const optionalSupport = ['log', 'crashes', 'frames'] as const satisfies readonly SupportKind[];
export type OptionalSupport = (typeof optionalSupport)[number];

export interface SupportPart {
  readonly kind: SupportKind;
  readonly files: number;
  /** Uncompressed. */
  readonly bytes: number;
  /** In the ZIP. */
  readonly packed: number;
  /** Number of files, or of entries for frames, left out for lack of space. */
  readonly leftOut: number;
}

/** The frames in it. */
export interface SupportFrames {
  readonly hours: number;
  /** `null`: all. */
  readonly machines: readonly number[] | null;
  readonly entries: number;
  /** Times of the first and the last; `null`: no entries. */
  readonly from: number | null;
  readonly to: number | null;
  /** Number of older frames left out for lack of space. */
  readonly leftOut: number;
  /** Number of frames whose content was withheld completely. */
  readonly withheld: number;
  /** Left out: none was found. */
  readonly damage?: ExportDamage;
}

type SupportStep = 'collect' | 'frames' | 'save';

export interface SupportState {
  /** `null`: no step in progress. */
  readonly doing: { readonly what: SupportStep; readonly done: number; readonly total: number } | null;
  readonly parts: readonly SupportPart[];
  readonly frames: SupportFrames | null;
  /** The last file written. */
  readonly saved: { readonly file: string; readonly bytes: number } | null;
  /** Why the last step failed. */
  readonly problem: Job['problem'];
}

/** Texts of the support file in both languages, for its reader. */
export const supportWords = {
  /** A note on an entry. */
  withheld: {
    en: 'Crema withheld the content, because private texts could not be removed safely.',
    zh: 'Crema 未提供此内容：无法完整解析，因而不能确保去除其中的隐私内容。',
  },
  about: {
    en: 'Support file of Crema. frames/frames.jsonl opens in Crema (Inspector, “Open capture…”).',
    zh: 'Crema 支持文件。frames/frames.jsonl 可在 Crema 的“抓包”页用“打开抓包文件…”打开。',
  },
  private: {
    en: 'The file contains no verification codes. Order numbers, payment texts, login signs and unknown fields are replaced by texts of the same length, each always by the same one. Of unreadable frames it contains only length and head.',
    zh: '文件不含验证码。订单号、支付内容、登录签名以及 Crema 不认识的字段值均已替换为等长的代替文字，同一内容在各处的代替文字相同。无法解析的数据帧只保留长度和帧头。',
  },
} as const satisfies Readonly<Record<string, Words>>;

/** Texts of the support file in both languages, for its reader. */
import type { Words } from './words';

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

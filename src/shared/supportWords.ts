/** Texts of the support file in both languages, for its reader. */
import type { Words } from './words';

export const supportWords = {
  /** A note on an entry. */
  withheld: {
    en: 'Crema withheld the content: it could not be read well enough to take private texts out of it.',
    zh: 'Crema 未提供此内容：无法完整解析，因而不能确保去除其中的隐私内容。',
  },
  about: {
    en: 'Support file of Crema. frames/frames.jsonl opens in Crema (Inspector, “Open capture…”).',
    zh: 'Crema 支持文件。frames/frames.jsonl 可在 Crema 的“抓包”页用“打开抓包文件…”打开。',
  },
  private: {
    en: 'Verification codes are not in it. Order numbers, payment texts, login signs and members that Crema does not know are replaced by others of the same length, the same text by the same one everywhere. Frames that could not be read are withheld but for their length and head.',
    zh: '文件不含验证码。订单号、支付内容、登录签名以及 Crema 不认识的字段值均已替换为等长的代替文字，同一内容在各处的代替文字相同。无法解析的帧只保留长度和帧头。',
  },
} as const satisfies Readonly<Record<string, Words>>;

/** Bodies with private texts in every place and notation, whole and broken. */
import fc from 'fast-check';
import { messages } from '#shared/messages/index';
import { toGb18030 } from '../../src/main/tools/simulator/gb18030';

/** The core of a private text, which must never appear. */
const core = fc
  .stringMatching(/^[a-zA-Z0-9]{10}$/)
  .filter((text) => new Set(text).size > 6 && !/^\d+$/.test(text));
const digits = fc.stringMatching(/^[1-9][0-9]{13}$/).filter((text) => new Set(text).size > 6);
const around = fc.string({
  maxLength: 6,
  unit: fc.constantFrom('"', '\\', '/', '你', ' ', '\n', ':', '{', '€', '😀', 'a'),
});
const secret = fc.oneof(
  fc.tuple(around, core, around).map(([before, inner, after]) => ({ inner, text: before + inner + after })),
  digits.map((inner) => ({ inner, text: inner })),
);
const names = fc.constantFrom('order_no', 'orderNo', 'Order_No', 'qrcode', 'QrCode', 'sign');
const escapes = (text: string): string => text.replaceAll('/', '\\/').replaceAll('你', '\\u4f60');

/** A body with a private text in it, well-formed or not. `inner` is the part that must never appear. */
export const privateBody = fc
  .record({
    row: fc.constantFrom(...messages),
    cmd: fc.option(fc.constantFrom('facepay', 'barcode', 'remote', 'hb'), { nil: undefined }),
    member: names,
    secret,
    place: fc.constantFrom('plain', 'deep', 'list', 'number', 'sentence', 'twice'),
    escaped: fc.boolean(),
    spaces: fc.boolean(),
    broken: fc.option(
      fc.record({ at: fc.nat(400), by: fc.constantFrom('', '"', '//', '%', '}', '\\', ',') }),
      { nil: undefined },
    ),
    gb: fc.boolean(),
  })
  .map((made) => {
    const { row, cmd, member, secret: said, place, spaces, broken } = made;
    const inner: unknown =
      place === 'deep' ? { x: said.text } : place === 'list' ? [said.text, 5] : said.text;
    const example: Record<string, unknown> = { ...row.example, ...(cmd !== undefined && { cmd }) };
    example[member] = inner;
    if (place === 'sentence') example['failreason'] = `no ${said.text} today`;
    let text = JSON.stringify(example, null, spaces ? 1 : 0);
    if (made.escaped) text = escapes(text);
    if (place === 'number' && /^\d+$/.test(said.text)) text = text.replace(`"${said.text}"`, said.text);
    if (place === 'twice') text = `${text.slice(0, -1)},"${member}":${JSON.stringify(said.text)}}`;
    // In a broken body the sentence that quotes a private text may be the only whole part, and it does not name its source.
    if (broken !== undefined && place !== 'sentence') {
      const at = broken.at % text.length;
      text = text.slice(0, at) + broken.by + text.slice(at + (broken.by === '' ? 3 : 0));
    }
    return { secret: said, bytes: made.gb ? toGb18030(text) : Buffer.from(text) };
  });

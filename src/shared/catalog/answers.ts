/** Which command answers which (docs/protocol.md, "Machine to server", "Server to machine"), seen from who asks. */
import type { Direction } from '../model/frame';

interface Pair {
  /** Who asks: `in` the machine, `out` the server. */
  readonly asks: Direction;
  readonly question: string;
  readonly answer: string;
}

const pairs: readonly Pair[] = [
  { asks: 'in', question: 'hb', answer: 'hb' },
  { asks: 'in', question: 'login', answer: 'login_r' },
  { asks: 'in', question: 'error', answer: 'error_r' },
  { asks: 'in', question: 'qrcode', answer: 'qrcode_r' },
  { asks: 'in', question: 'productdone', answer: 'productdone_r' },
  { asks: 'in', question: 'checkorder', answer: 'checkorder_r' },
  { asks: 'in', question: 'rinsingrecord', answer: 'rinsingrecord_r' },
  { asks: 'in', question: 'feedrecord', answer: 'feedrecord_r' },
  { asks: 'in', question: 'upordrecipe', answer: 'upordrecipe_r' },
  { asks: 'out', question: 'pay_done', answer: 'paydone_r' },
  { asks: 'out', question: 'statusquery', answer: 'statusquery_r' },
  { asks: 'out', question: 'statusquery', answer: 'machinestatus' },
  { asks: 'out', question: 'querysupplies', answer: 'querysupplies_r' },
  { asks: 'out', question: 'querysupplies', answer: 'machinestatus' },
];

/** Commands that answer this frame. */
export function answersTo(dir: Direction, cmd: string): readonly string[] {
  return pairs.filter((pair) => pair.asks === dir && pair.question === cmd).map(({ answer }) => answer);
}

/** Commands this frame may be an answer to. */
export function questionsOf(dir: Direction, cmd: string): readonly string[] {
  return pairs.filter((pair) => pair.asks !== dir && pair.answer === cmd).map(({ question }) => question);
}

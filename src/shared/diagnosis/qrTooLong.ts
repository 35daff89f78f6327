import { longQr } from '../limits';
import { lately } from './kit/remarked';
import { rule, setting } from './kit/rule';

/** A sent QR text is longer than machines can show. */
export const qrTooLong = rule({
  severity: 'warning',
  reads: ['orders'],
  byTime: true,
  causes: { text: setting('qrAnswers') },
  when: ({ machine: { orders }, now }) => {
    const answered = orders.findLast((order) => order.answered !== null && now - order.answered.at < lately);
    const lengths = Object.values(answered?.qr ?? {}).map((text) => Array.from(text).length);
    const longest = Math.max(0, ...lengths);
    const evidence = answered?.answered?.entry;
    return evidence === undefined || longest <= longQr
      ? null
      : { cause: 'text', evidence: [evidence], params: { chars: longest, limit: longQr } };
  },
});

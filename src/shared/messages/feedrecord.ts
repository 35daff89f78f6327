import { supply, yyyyMMddHHmmss } from './common';
import { echo, flag, text } from './field';
import { fromMachine, toMachine } from './row';
import { secondOf } from './times';

/** Somebody refilled the machine. Repeated after every login until it is answered with its own time and `isOk` [field]. */
export const feedrecord = fromMachine('feedrecord', {
  source: 'field',
  fields: {
    /** Returned exactly as received. */
    timestamp: echo('timestamp', { means: 'recordTime', ...yyyyMMddHHmmss }),
    operation: text('operation', { means: 'feedOperation' }),
    supply,
  },
  answer: {
    with: 'feedrecord_r',
    profile: 'extended',
    settles: 'timestamp',
    make: ({ timestamp }, { vmcNo }) => ({
      cmd: 'feedrecord_r',
      vmc_no: vmcNo,
      ...(timestamp !== null && { timestamp }),
      isOk: true,
    }),
  },
  virtual: {
    refilled: ({ changes }, { platform, now }) =>
      platform === 'linux'
        ? null
        : {
            timestamp: secondOf(now),
            operation: 'supply',
            supply: Object.fromEntries(Object.entries(changes).map(([id, change]) => [id, String(change)])),
          },
  },
  example: { vmc_no: 33_232, timestamp: '20250318165359', operation: 'supply', supply: { '10009': '420' } },
});

export const feedrecord_r = toMachine('feedrecord_r', {
  source: 'field',
  fields: {
    timestamp: echo('timestamp', { means: 'recordTime', ...yyyyMMddHHmmss }),
    recordTaken: flag('isOk'),
  },
  example: { vmc_no: 33_232, timestamp: '20250318165359', isOk: true },
});

import { yyyyMMddHHmmss } from './common';
import { text } from './field';
import { fromMachine } from './row';
import { secondOf } from './times';

/** android: a refill ended this one warning [field]. */
export const clearwarning = fromMachine('clearwarning', {
  source: 'field',
  fields: {
    timestamp: text('timestamp', { means: 'statusTime', ...yyyyMMddHHmmss }),
    code: text('error_code', { means: 'errorCode' }),
  },
  says: ({ code }) => (code === null ? null : ['over', { error: code, code }]),
  virtual: {
    enoughAgain: ({ material }, { platform, now }) =>
      platform === 'linux' ? null : { timestamp: secondOf(now), error_code: `WARNING:${material}` },
  },
  example: { vmc_no: 33_232, timestamp: '20250318165359', error_code: 'WARNING:10009' },
});

import { status, supply, yyyyMMddHHmmss } from './common';
import { flag, seen, text } from './field';
import { fromMachine } from './row';
import { saysStatus } from './says';
import { secondOf } from './times';

/** Has no answer. `machinelock` has `islock` and `time`, `supply` has `supply` and `time` [field]. */
export const machinestatus = fromMachine('machinestatus', {
  source: 'doc',
  fields: {
    status,
    supply: seen(supply),
    locked: seen(flag(['islock', 'locked'], { means: 'isLocked' })),
    time: seen(text(['time', 'datetime', 'timestamp'], { means: 'statusTime', ...yyyyMMddHHmmss })),
  },
  says: saysStatus,
  virtual: {
    door: ({ isOpen }) => ({ status: isOpen ? 'dooropen' : 'doorclose' }),
    // Only the two states are known, not their spelling [field3].
    state: ({ isNormal }) => ({ status: isNormal ? 'normal' : 'abnormal' }),
    cupBlocked: () => ({ status: 'cupblock' }),
    cleared: () => ({ status: 'clearerror' }),
    supplies: ({ amounts }, { now }) => ({
      status: 'supply',
      supply: Object.fromEntries(Object.entries(amounts).map(([id, amount]) => [id, String(amount)])),
      time: secondOf(now),
    }),
  },
  example: {
    vmc_no: 33_232,
    status: 'supply',
    time: '20170503101500',
    supply: { '10007': '100000', '10009': '420', '10016': '4200' },
  },
});

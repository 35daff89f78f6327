import { status, supply, yyyyMMddHHmmss } from './common';
import { flag, seen, text } from './field';
import { fromMachine } from './row';
import { saysStatus } from './says';
import { secondOf } from './times';

/** Not answered. `machinelock` comes with `islock` and `time`, `supply` with `supply` and `time` [field]. */
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
    // Only that it says one or the other is known, not its words [field3].
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

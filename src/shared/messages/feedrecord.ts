import { fromMachine, toMachine } from './row';

/** A record that only wants to be acknowledged. */
export const feedrecord = fromMachine('feedrecord', {
  source: 'field',
  fields: {},
  answer: {
    with: 'feedrecord_r',
    profile: 'extended',
    make: (_, { vmcNo }) => ({ cmd: 'feedrecord_r', vmc_no: vmcNo }),
  },
  example: { vmc_no: 33_232 },
});

export const feedrecord_r = toMachine('feedrecord_r', {
  source: 'field',
  fields: {},
  example: { vmc_no: 33_232 },
});

import { fromMachine, toMachine } from './row';

/** A record that only wants to be acknowledged. */
export const upordrecipe = fromMachine('upordrecipe', {
  source: 'field',
  fields: {},
  answer: {
    with: 'upordrecipe_r',
    profile: 'extended',
    make: (_, { vmcNo }) => ({ cmd: 'upordrecipe_r', vmc_no: vmcNo }),
  },
  example: { vmc_no: 33_232 },
});

export const upordrecipe_r = toMachine('upordrecipe_r', {
  source: 'field',
  fields: {},
  example: { vmc_no: 33_232 },
});

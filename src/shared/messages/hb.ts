import { vmcNo } from './common';
import { fromMachine, toMachine } from './row';

/** Every 20 s [doc 3.1]; android: after 30 s of silence, at the latest every 60 s [field]. */
export const hb = fromMachine('hb', {
  source: 'doc',
  role: 'heartbeat',
  fields: {},
  answer: {
    with: 'hb',
    profile: 'document',
    // android drops messages without its own number [field].
    make: (_, { profile, vmcNo: number }) =>
      profile === 'document' ? { cmd: 'hb' } : { cmd: 'hb', vmc_no: number },
    nameless: { cmd: 'hb' },
  },
  virtual: { heartbeat: () => ({}) },
  example: { vmc_no: 33_232 },
});

/** The document's heartbeat has no number. */
export const hb_out = toMachine('hb', {
  source: 'doc',
  role: 'heartbeat',
  fields: { vmcNo: { ...vmcNo('doc'), required: false } },
  says: () => ['answered', {}],
  example: { vmc_no: 33_232 },
});

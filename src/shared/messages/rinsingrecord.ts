import { wireMoment, yyyyMMddHHmmss } from './common';
import { echo, flag, others, seen, text, word } from './field';
import { fromMachine, toMachine } from './row';
import { secondOf } from './times';

/**
 * The identity of a rinse: its record number begins with `C` and its second by the machine's clock [field].
 * `null`: no such number.
 */
export function rinseOf(recordId: unknown): { readonly id: string; readonly at: number } | null {
  if (typeof recordId !== 'string') return null;
  const id = recordId.slice(0, 15);
  const at = id.startsWith('C') ? wireMoment(id.slice(1)) : null;
  return at === null ? null : { id, at };
}

/** A rinse has ended. android repeats it until it is answered. */
export const rinsingrecord = fromMachine('rinsingrecord', {
  source: 'field',
  fields: {
    /** Returned exactly as received. */
    recordId: echo('c_uid'),
    isOk: flag('isok', { means: 'isRinsed' }),
    rinsingCode: text('rinsing_code'),
    /** Origin of the rinse [field]. */
    rinsingWay: word('rinsing_way', { values: ['auto', 'remote', 'hand'], required: false }),
    timestamp: text('timestamp', { means: 'recordTime', ...yyyyMMddHHmmss }),
    details: seen(others(/^(?:code|operationType|uploadCount)$/i, { means: 'rinsingDetails' })),
  },
  says: ({ isOk }) => (isOk === null ? null : [isOk ? 'rinsed' : 'failed', {}]),
  answer: {
    with: 'rinsingrecord_r',
    profile: 'extended',
    settles: 'recordId',
    make: ({ recordId }, { vmcNo }) =>
      recordId === null ? null : { cmd: 'rinsingrecord_r', c_uid: recordId, vmc_no: vmcNo },
  },
  virtual: {
    rinsed: ({ isOk, way }, { platform, now, digits }) =>
      platform === 'linux'
        ? null
        : {
            c_uid: `C${secondOf(now)}${digits(3)}`,
            isok: isOk,
            rinsing_code: 'C000',
            rinsing_way: way,
            timestamp: secondOf(now),
          },
  },
  example: {
    vmc_no: 33_232,
    c_uid: 'C20250318165359700',
    isok: true,
    rinsing_code: 'C000',
    rinsing_way: 'hand',
    timestamp: '20250318165359',
  },
});

export const rinsingrecord_r = toMachine('rinsingrecord_r', {
  source: 'field',
  fields: { recordId: echo('c_uid') },
  example: { c_uid: '0', vmc_no: 33_232 },
});

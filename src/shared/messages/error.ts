import { errorKey } from '../errors/codes';
import { flag, remark, text } from './field';
import { fromMachine, toMachine } from './row';
import { dayOf, secondOf } from './times';

/** `isSet` sets or clears an error [doc 3.4]. linux sends all present errors every 180 s until one is acknowledged [field3]. */
export const error = fromMachine('error', {
  source: 'doc',
  role: 'fault',
  fields: {
    code: text('error_code', { means: 'errorCode' }),
    description: remark('error_description', { means: 'errorDescription' }),
    isSet: flag('isSet'),
    /** android: true for every error [field]. */
    isFatal: flag('is_fatal_error'),
    // Three spellings occur [field].
    isPersistent: flag(['is_persistence_error', 'is_pessistance_error', 'is_persistance_error']),
    /** The document's example has only a date; machines send the time too [field]. */
    datetime: text('datetime', { means: 'errorTime' }),
  },
  says: ({ code, isSet }, whole) => {
    if (code === null) return null;
    // `isSet` may be in the missing part.
    if (isSet === null && !whole) return ['about', { error: code, code }];
    // Same rule as in the machine's state: set unless the message states otherwise.
    return [isSet === false ? 'cleared' : 'set', { error: code, code }];
  },
  answer: {
    with: 'error_r',
    profile: 'extended',
    settles: 'oldest',
    make: (_, { vmcNo }) => ({ cmd: 'error_r', vmc_no: vmcNo }),
  },
  raises: { 'error.repeated': 'info' },
  findings: ({ code, isSet }, { machine, now }) => {
    if (code === null || isSet === false) return [];
    const key = errorKey(code);
    const known = machine?.errors.find((one) => errorKey(one.code) === key);
    return known !== undefined && (known.ending?.until ?? now) >= now
      ? [{ code: 'error.repeated', params: { code } }]
      : [];
  },
  virtual: {
    fault: ({ code, description, isSet, isFatal, isPersistent }, { platform, now }) => {
      const report = { error_code: code, error_description: description, isSet };
      return platform === 'linux'
        ? {
            datetime: `${dayOf(now)} ${secondOf(now).slice(8)}`,
            ...report,
            is_fatal_error: isFatal,
            is_persistence_error: isPersistent,
          }
        : {
            datetime: secondOf(now),
            ...report,
            is_fatal_error: true, // for every error [field]
            is_pessistance_error: isPersistent, // this spelling [field]
          };
    },
  },
  example: {
    vmc_no: 33_232,
    datetime: '20161212',
    error_code: 'EC_2',
    error_description: 'No machine connected',
    isSet: true,
    is_fatal_error: true,
    is_persistence_error: true,
  },
});

export const error_r = toMachine('error_r', { source: 'field', fields: {}, example: { vmc_no: 33_232 } });

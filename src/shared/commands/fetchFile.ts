import { z } from 'zod';
import { toText } from '../messages/field';
import { fetchTypes } from '../model/fetched';
import { asked } from './kit/fields';
import { day, minute } from './kit/inputs';
import { command } from './kit/row';
import { confirmed, step } from './kit/verdict';
import { both, remote } from './kit/wire';

/** The only folder that Crema requests. android would send any path [field]. */
const logFolder = '/Jetinno/Log';
/** [ours] ms to send the log of a whole day over a slow link. */
const sendTime = 15 * minute;

const came = { bytes: 1_000, remoteAddress: '10.0.0.7' } as const;

/** Makes android send one of its files to an address of Crema [field]. */
export const fetchFile = command(
  z.strictObject({
    type: asked(z.enum(fetchTypes), { initial: 'log' }),
    /** The day of a log, `yyyy-MM-dd` by the machine's clock; '' for other files. */
    day: z.string().regex(/^(?:\d{4}-\d{2}-\d{2})?$/),
  }),
)({
  examples: [
    { type: 'log', day: '2026-03-04' },
    { type: 'recipe', day: '' },
  ],
  offered: 'menu',
  effects: [],
  ofOneBuild: true,
  needs: 'address',
  refuses: ({ type, day: chosen }) =>
    type === 'log' && !isDay(chosen)
      ? { code: 'badInput', params: { name: 'fetchFile', field: 'day' } }
      : null,
  wire: {
    linux: null,
    android: ({ type, day: chosen }, to) => ({
      ...remote('upload')(null, to),
      type,
      dir: to.upgradeDir,
      ...(type === 'log' && { date: chosen.replaceAll('-', ''), folder: logFolder }),
    }),
  },
  steps: {
    fileArrived: { file: 'log.zip', bytes: 20_000, remoteAddress: '10.0.0.7' },
    /** A refused upload, with the reason. */
    tooLarge: came,
    noFile: came,
    empty: came,
    severalFiles: came,
    malformed: came,
    otherMachine: came,
    notFromMachine: { remoteAddress: '10.0.0.9', times: 3 },
    broke: came,
    notWritten: came,
  },
  expects: { linux: [], android: [{ within: sendTime, anyOf: [] }] },
  onUpload: (_given, upload) => {
    const { bytes, remoteAddress } = upload.ok ? upload.file : upload;
    return upload.ok
      ? confirmed('fileArrived', { file: upload.file.fileName, bytes, remoteAddress })
      : step(upload.why, { bytes, remoteAddress });
  },
  queueFor: 10 * minute,
  lateFor: day,
  namedByProof: both(true),
  sameAs: (a, b) => a.type === b.type && a.day === b.day,
  says: ({ type, day: chosen }) => (type === 'log' ? ['log', { day: chosen }] : [type, {}]),
  waiting: () => ['file', {}],
  virtual: {
    linux: null,
    android: {
      acts: (vm, { type, dir, date }, failed) =>
        vm.sendFile(
          typeof dir === 'string' ? dir : '',
          typeof type === 'string' ? type : '',
          toText(date),
          failed,
        ),
    },
  },
});

/** Whether the text is a calendar day. */
function isDay(text: string): boolean {
  const [year = 0, month = 0, date = 0] = text.split('-').map(Number);
  const at = new Date(Date.UTC(year, month - 1, date));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
}

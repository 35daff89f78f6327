import { expect, test } from 'vitest';
import { acceptedOnly, answers, refused, unproved } from '../../../builders/answering';
import { android, controlled, linux, packageDir, remote } from '../../../builders/controlled';

const log = { type: 'log', day: '2026-03-04' } as const;
const sent = remote('upload', {
  type: 'log',
  dir: packageDir,
  date: '20260304',
  folder: '/Jetinno/Log',
});

test('the uploaded file is the proof; the machine’s acceptance is not', () => {
  controlled(android)
    .gives('fetchFile', log)
    .sends(sent)
    .notifies()
    .shows('sent', 'accepted')
    .uploads({ bytes: 20_000 })
    .shows('confirmed', ['fileArrived', { bytes: 20_000, file: 'a.zip', remoteAddress: '192.0.2.7' }]);
});

test('a rejected upload is a step, because the machine may try again', () => {
  controlled(android)
    .gives('fetchFile', { type: 'recipe', day: '' })
    .sends(remote('upload', { type: 'recipe', dir: packageDir }))
    .uploads({ bytes: 10, why: 'broke' })
    .shows('sent', ['broke', { bytes: 10 }])
    .uploads({ bytes: 30 })
    .shows('confirmed', 'fileArrived');
});

test('a file from another address is marked, and counts', () => {
  const book = controlled(android).gives('fetchFile', log).sends(sent);
  const foreign = { bytes: 0, why: 'notFromMachine', from: '198.51.100.9' } as const;
  book
    .uploads(foreign)
    .shows('sent', ['notFromMachine', { remoteAddress: '198.51.100.9', times: 1 }])
    .uploads(foreign)
    .shows('sent')
    .uploads({ bytes: 30 })
    .shows('confirmed', 'fileArrived');
  expect(book.command().steps[1]?.params['times']).toBe(2);
});

test('fails by the machine’s refusal; expires without a file, and a late file is accepted', () => {
  controlled(android)
    .gives('fetchFile', log)
    .sends(sent)
    .notifies({ done: false, reason: 'Z0023' })
    .shows('failed', ['machineSaidFailed', { reason: 'Z0023' }]);
  controlled(android)
    .gives('fetchFile', log)
    .sends(sent)
    .after(15 * 60_000)
    .shows('expired', 'noProof')
    .after(60_000)
    .uploads({ bytes: 5 })
    .shows('confirmed', 'late', 'fileArrived');
});

test('a file of another command is not proof', () => {
  controlled(android).gives('fetchFile', log).sends(sent).uploads({ bytes: 5, id: 99 }).shows('sent');
});

test('a log needs a valid date; linux has no such command', () => {
  const noDay = { code: 'badInput', params: { name: 'fetchFile', field: 'day' } } as const;
  for (const day of ['', '2026-02-30']) controlled(android).refuses('fetchFile', { type: 'log', day }, noDay);
  controlled(linux).refuses('fetchFile', log, {
    code: 'commandNotPossible',
    params: expect.objectContaining({ why: 'notOnPlatform' }) as never,
  });
});

answers('fetchFile', {
  android: {
    truly: 'confirmed: sent, fileArrived',
    refuses: refused,
    fails: 'failed: sent, accepted, machineSaidFailed upload failed',
    late: 'confirmed: sent, accepted, noProof, late, fileArrived',
    never: unproved,
    restarts: acceptedOnly,
    dropped: 'confirmed: sent, fileArrived',
  },
});

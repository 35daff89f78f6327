import { expect, it } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import { JournalError, type JournalQueries } from '../../../../../src/main/journal/api';
import { factsOf, type Source } from '../../../../../src/main/desktop/services/source';
import { sourcesService } from '../../../../../src/main/desktop/services/sources';
import { Feed } from '../../../../../src/main/desktop/ipc/feed';
import { openPlainly } from '../../../../../src/main/lib/settings/settingsFile';
import { SettingsStore } from '../../../../../src/main/lib/settings/store';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();
const noCodes = { available: () => false, encrypt: String, decrypt: String };
const captureTime = 1_700_000_000_000;

/** Live data without machines, and capture 7; both with this journal. */
function begun(journal: JournalQueries | null) {
  const store = new SettingsStore(folder(), noCodes, openPlainly);
  store.changeMachines(new Map([[33_232, { name: 'Lobby', currency: '€' }]]));
  const capture: Source = {
    machine: () => null,
    journal: () => journal,
    changeMark: () => Promise.reject(new Error('not asked')),
    facts: factsOf({ store, platforms: () => [], rehearses: false, now: () => captureTime }),
  };
  const called: unknown[] = [];
  const service = sourcesService({
    store,
    feed: new Feed(),
    captures: { source: (id) => (id === 7 ? capture : null) },
    server: {
      journal: () => journal as never,
      call: (name, args) => {
        called.push([name, args]);
        return Promise.resolve(null as never);
      },
    },
  });
  return { service, called };
}
const asked: unknown[] = [];
const answering = (answer: () => Promise<unknown>): JournalQueries => ({
  query: (name, args) => {
    asked.splice(0, asked.length, [name, args]);
    return answer() as never;
  },
});
const refusing = answering(() =>
  Promise.reject(
    new JournalError('', {
      code: '',
      isFileLost: false,
      refusal: { code: 'unknownFrame', params: { id: 3 } },
    }),
  ),
);

it('a question gets the facts that its row names, in a capture with the capture’s own clock', async () => {
  const { service } = begun(answering(() => Promise.resolve('answer')));
  const span = { vmcNo: null, from: null, to: null };
  expect(await service.ask('orderSums', span, 7)).toBe('answer');
  const facts = { now: captureTime, rehearses: false, currencies: { 33_232: '€' }, currency: '¥' };
  expect(asked).toEqual([['orderSums', { ...span, ...facts }]]);
  const page = { filter: { ...everyFrame, text: 'time:today' }, place: { before: null }, limit: 10 };
  await service.ask('frames', page, 7);
  expect(asked).toEqual([
    ['frames', { ...page, now: captureTime, names: { 33_232: 'Lobby' }, ownErrors: {} }],
  ]);
  await service.ask('journalSize', undefined, null);
  expect(asked).toEqual([['journalSize', undefined]]);
});

it('a frame that the journal does not have is asked for in memory, except in a capture', async () => {
  const { service, called } = begun(refusing);
  const unknown = { error: { code: 'unknownFrame', params: { id: 3 } } };
  await expect(service.ask('frame', { id: 3 }, null)).rejects.toMatchObject(unknown);
  expect(called).toEqual([['recentFrame', { id: 3 }]]);
  await expect(service.ask('frame', { id: 3 }, 7)).rejects.toMatchObject(unknown);
  await expect(service.ask('relations', { id: 3 }, null)).rejects.toMatchObject(unknown);
  expect(called).toHaveLength(1);
});

it('without a journal, memory answers questions about frames', async () => {
  const { service, called } = begun(null);
  const noJournal = { error: { code: 'noJournal' } };
  const count = { filter: everyFrame, after: null, bins: null };
  await service.ask('countFrames', count, null);
  expect(called).toEqual([['recentCount', { filter: everyFrame, after: null }]]);
  const bins = { from: 0, to: 10, count: 2 };
  await expect(service.ask('countFrames', { ...count, bins }, null)).rejects.toMatchObject(noJournal);
  await expect(service.ask('countFrames', count, 7)).rejects.toMatchObject(noJournal);
  await expect(service.ask('orderCounts', { since: 0 }, null)).rejects.toMatchObject(noJournal);
  const wrong = { filter: { ...everyFrame, text: '(' }, place: { before: null }, limit: 1 };
  await expect(service.ask('frames', wrong, null)).rejects.toMatchObject({ error: { code: 'badFilter' } });
});

it('a closed capture is refused', async () => {
  const { service } = begun(refusing);
  await expect(service.ask('journalSize', undefined, 8)).rejects.toMatchObject({
    error: { code: 'unknownCapture' },
  });
});

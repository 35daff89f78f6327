/** Requests of the window, with the events that Electron passes on. */
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { describe, expect, it } from 'vitest';
import { requestChannel } from '#shared/contract/channels';
import { requestNames } from '#shared/contract/requests/index';
import { registerHandlers } from '../../../../../src/main/desktop/ipc/guard';
import { Refusal, type Handlers } from '../../../../../src/main/desktop/ipc/requests';

type Listener = (event: IpcMainInvokeEvent, ...asked: readonly unknown[]) => unknown;

const page = 'crema://app/';
const frame = { parent: null, url: page };
const event = (senderFrame: unknown = frame): IpcMainInvokeEvent =>
  ({ senderFrame, sender: { id: 1 } }) as IpcMainInvokeEvent;

function door(answer: () => unknown) {
  const listeners = new Map<string, Listener>();
  const bugs: unknown[] = [];
  const refused: unknown[] = [];
  const ipc: Pick<IpcMain, 'handle'> = {
    handle: (channel, listener) => void listeners.set(channel, listener),
  };
  const handlers = Object.fromEntries(requestNames.map((name) => [name, answer])) as unknown as Handlers;
  registerHandlers(ipc, handlers, {
    isOwnPage: (url) => url === page,
    isOwnWindow: (id) => id === 1,
    onBug: (name, error) => bugs.push([name, String(error)]),
    onRefused: (name, { code }) => refused.push([name, code]),
  });
  const askFor = (...asked: readonly unknown[]): Promise<unknown> =>
    Promise.resolve(listeners.get(requestChannel)?.(event(), ...asked));
  const ask = (from = event(), args?: unknown): Promise<unknown> =>
    Promise.resolve(listeners.get(requestChannel)?.(from, 'openWindow', args));
  return { ask, askFor, bugs, refused };
}

it('answers a request', async () => {
  expect(await door(() => 7).ask()).toEqual({ ok: true, value: 7 });
});

it.each([
  [
    'throws',
    () => {
      throw new Error('a bug');
    },
  ],
  ['rejects', () => Promise.reject(new Error('a bug'))],
] as const)('a handler that %s gives an error reply, and is logged', async (_how, answer) => {
  const { ask, bugs } = door(answer);
  expect(await ask()).toEqual({ ok: false, error: { code: 'internal', params: { detail: 'a bug' } } });
  expect(bugs).toEqual([['openWindow', 'Error: a bug']]);
});

it('a refusal is not a bug', async () => {
  const { ask, bugs, refused } = door(() => {
    throw new Refusal('noListener');
  });
  expect(await ask()).toEqual({ ok: false, error: { code: 'noListener', params: {} } });
  expect(bugs).toEqual([]);
  // The user may see the code of any refusal.
  await ask(event(), { odd: true });
  expect(refused).toEqual([
    ['openWindow', 'noListener'],
    ['openWindow', 'badArguments'],
  ]);
});

it('a frame that is gone or foreign gets no answer, and no error either', async () => {
  const gone = {
    get parent(): never {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    },
  };
  for (const from of [gone, null, { ...frame, url: 'about:blank' }, { parent: frame, url: page }]) {
    const { ask, bugs } = door(() => 7);
    expect(await ask(event(from))).toEqual({ ok: false, error: { code: 'foreignSender', params: {} } });
    expect(bugs).toEqual([]);
  }
});

it('invalid arguments are reported, not passed on', async () => {
  expect(await door(() => 7).ask(event(), { much: 1 })).toMatchObject({ error: { code: 'badArguments' } });
});

it('the answer to invalid arguments stays short, however long the name of a member is', async () => {
  const reply = await door(() => 7).ask(event(), { ['x'.repeat(1_000_000)]: 1 });
  expect(reply).toMatchObject({ error: { code: 'badArguments' } });
  expect(JSON.stringify(reply).length).toBeLessThan(1_000);
});

it.each<unknown>([
  'toString',
  '__proto__',
  'noSuchRequest',
  '',
  7,
  null,
  undefined,
  { name: 'openWindow' },
  { toString: 1, valueOf: 1 },
])('no row has the name %j', async (name) => {
  const { askFor, bugs } = door(() => 7);
  expect(await askFor(name)).toMatchObject({ ok: false, error: { code: 'badArguments' } });
  expect(bugs).toEqual([]);
});

describe('a capture', () => {
  const vmcNo = 33_232;
  it.each([
    ['about what the window shows', 'watchMachine', { vmcNo }, null],
    ['about live machines', 'disconnect', { vmcNo }, 'inCapture'],
    ['about neither', 'openWindow', undefined, 'badArguments'],
  ] as const)('a request %s', async (_about, name, args, code) => {
    const { askFor } = door(() => 7);
    expect(await askFor(name, args, null)).toMatchObject({ ok: true });
    const inCapture = await askFor(name, args, 3);
    expect(inCapture).toMatchObject(code === null ? { ok: true } : { ok: false, error: { code } });
  });
  it.each([0, -1, 1.5, '1', {}, Number.NaN])('%j names none', async (capture) => {
    expect(await door(() => 7).askFor('watchMachine', { vmcNo }, capture)).toMatchObject({
      error: { code: 'badArguments' },
    });
  });
  it('its number reaches the handler', async () => {
    const senders: unknown[] = [];
    const { askFor } = door(((_args: unknown, sender: unknown) => senders.push(sender)) as () => unknown);
    await askFor('watchMachine', { vmcNo }, 3);
    await askFor('watchMachine', { vmcNo });
    expect(senders).toEqual([
      { windowId: 1, screen: '', capture: 3 },
      { windowId: 1, screen: '', capture: null },
    ]);
  });
});

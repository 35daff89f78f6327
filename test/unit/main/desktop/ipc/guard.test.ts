/** Requests of the window, with the events that Electron passes on. */
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { expect, it } from 'vitest';
import { requestChannel, verbs } from '#shared/contract/channels';
import { registerHandlers } from '../../../../../src/main/desktop/ipc/guard';
import { Refusal, type Handlers } from '../../../../../src/main/desktop/ipc/requests';

type Listener = (event: IpcMainInvokeEvent, args: unknown) => unknown;

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
  const handlers = Object.fromEntries(verbs.map((verb) => [verb, answer])) as unknown as Handlers;
  registerHandlers(ipc, handlers, {
    isOwnPage: (url) => url === page,
    isOwnWindow: (id) => id === 1,
    onBug: (verb, error) => bugs.push([verb, String(error)]),
    onRefused: (verb, { code }) => refused.push([verb, code]),
  });
  const ask = (from = event(), args?: unknown): Promise<unknown> =>
    Promise.resolve(listeners.get(requestChannel('openWindow'))?.(from, args));
  return { ask, bugs, refused };
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

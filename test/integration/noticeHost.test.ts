/** The host for android's notices about commands, over a real socket. */
import type { AddressInfo, Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ControlNotice } from '#shared/model/upgrade';
import { fetchPlain } from '../../src/main/tools/simulator/web';
import { NoticeHost } from '../../src/main/packages/host/noticeHost';

const here = '127.0.0.1';
let host: NoticeHost;
let server: Server;
let port = 0;
let notices: ControlNotice[] = [];

beforeEach(async () => {
  notices = [];
  host = new NoticeHost({
    now: Date.now,
    onNotice: (notice) => notices.push(notice),
    onCrowded: () => undefined,
  });
  server = host.createServer();
  await new Promise<void>((resolve) => server.listen(0, here, resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  host.close();
  await closed;
});

const asks = (path: string) =>
  fetchPlain(`http://${here}:${port}${path}`, {
    timeout: 2_000,
    signal: new AbortController().signal,
    keepText: true,
  });
const notify = (query: string) => asks(`/api/control/notify?${query}`);

test('is answered and passed on, each time', async () => {
  const query = 'nonce=00ff&reason=&sessionId=1700000000000000017&status=1&timestamp=1&vmc=33232&sign=ab';
  for (const _ of [1, 2]) expect(await notify(query)).toEqual({ status: 200, text: 'ok' });
  expect(await notify(query.replace('status=1', 'status=0').replace('reason=', 'reason=E7'))).toMatchObject({
    status: 200,
  });
  expect(
    notices.map(({ vmcNo, sessionId, done, reason, remoteAddress }) => [
      vmcNo,
      sessionId,
      done,
      reason,
      remoteAddress,
    ]),
  ).toEqual([
    [33_232, '1700000000000000017', true, null, here],
    [33_232, '1700000000000000017', true, null, here],
    [33_232, '1700000000000000017', false, 'E7', here],
  ]);
});

test('an unreadable notice is answered with the missing parts', async () => {
  const answer = await notify('vmc=33232');
  expect([answer.status, answer.text]).toEqual([
    400,
    'Crema: vmc, sessionId and status are needed, vmc and status as numbers.\n',
  ]);
  expect(notices).toEqual([]);
});

test('nothing else is answered there, and nothing is fetched', async () => {
  expect(await asks('/u/33232/17/update.xml')).toMatchObject({ status: 404 });
  const posted = await fetch(`http://${here}:${port}/api/control/notify?vmc=1&sessionId=1&status=1`, {
    method: 'POST',
  });
  expect(posted.status).toBe(405);
  expect(notices).toEqual([]);
});

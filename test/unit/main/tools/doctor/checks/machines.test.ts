import type { Server } from 'node:net';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { machines } from '../../../../../../src/main/tools/doctor/checks/machines';
import { listenOnLoopback } from '../../../../../../src/main/tools/doctor/selfTest';
import { codesOf, computer } from '../../../../../builders/doctor';

it('the real server answers a login and a heartbeat, and nothing is stored', async () => {
  const servers: Server[] = [];
  const found = await machines(computer(), (server) => {
    servers.push(server);
    return listenOnLoopback(server);
  });
  expect(codesOf(found)).toEqual(['ok answered']);
  expect(servers.map((server) => server.listening)).toEqual([false]);
  const connections = servers.map((server) => promisify(server.getConnections.bind(server))());
  expect(await Promise.all(connections)).toEqual([0]);
});

it('without a free port the check reports no answer, and why', async () => {
  const found = await machines(computer(), () => Promise.reject(new Error('EPERM')));
  expect(codesOf(found)).toEqual(['problem silent']);
  expect(found[0]?.params).toEqual({ detail: 'EPERM' });
});

import type { Server } from 'node:net';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { packages } from '../../../../../../src/main/tools/doctor/checks/packages';
import { listenOnLoopback } from '../../../../../../src/main/tools/doctor/selfTest';
import { codesOf, computer } from '../../../../../builders/doctor';

it('the real host serves the first file that a machine requests, and nothing is stored', async () => {
  const servers: Server[] = [];
  const found = await packages(computer(), (server) => {
    servers.push(server);
    return listenOnLoopback(server);
  });
  expect(codesOf(found)).toEqual(['ok answered']);
  expect(servers.map((server) => server.listening)).toEqual([false]);
  const connections = servers.map((server) => promisify(server.getConnections.bind(server))());
  expect(await Promise.all(connections)).toEqual([0]);
});

it('without a free port the check reports no answer, and why', async () => {
  const found = await packages(computer(), () => Promise.reject(new Error('EPERM')));
  expect(codesOf(found)).toEqual(['problem silent']);
  expect(found[0]?.params).toEqual({ detail: 'EPERM' });
});

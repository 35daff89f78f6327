/** The addresses and the port that the server listens on. */
import { createServer } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addressesOf } from '#shared/model/listener';
import { Listener } from '../../src/main/lib/net/listener';
import { ownPort } from '../builders/ports';
import { RawClient } from '../builders/server';

describe('listening', () => {
  const listeners: Listener[] = [];
  const listener = (options = {}): Listener => {
    const one = new Listener(() => createServer(), { now: Date.now, ...options });
    listeners.push(one);
    return one;
  };
  afterEach(async () => {
    for (const one of listeners.splice(0)) await one.stop();
    vi.useRealTimers();
  });

  it('a port in use: reports the process, and a free port', async () => {
    const first = await listener().listen('127.0.0.1', 0);
    const port = first.status === 'listening' ? first.port : 0;
    const second = await listener().listen('127.0.0.1', port);
    expect(second).toMatchObject({ status: 'failed', reason: 'inUse', port, detail: 'EADDRINUSE' });
    if (second.status !== 'failed' || second.nextFree === null) throw new Error('no free port offered');
    expect(second.nextFree).toBeGreaterThan(port);
    expect((await listener().listen('127.0.0.1', second.nextFree)).status).toBe('listening');
    expect(process.platform !== 'linux' || second.holder?.pid === process.pid).toBe(true);
  });

  it('tries again after a failure', async () => {
    const first = listener();
    const state = await first.listen('127.0.0.1', await ownPort());
    const port = state.status === 'listening' ? state.port : 0;
    const second = listener();
    expect((await second.listen('127.0.0.1', port)).status).toBe('failed');
    await first.stop();
    expect(await second.retry()).toMatchObject({ status: 'listening', port });
  });

  it('returns to the earlier address when a new address does not work', async () => {
    const one = listener();
    const state = await one.listen('127.0.0.1', await ownPort());
    const port = state.status === 'listening' ? state.port : 0;
    const busy = await listener().listen('127.0.0.1', 0);
    const taken = busy.status === 'listening' ? busy.port : 0;
    expect(await one.listen('127.0.0.1', taken)).toMatchObject({ status: 'failed', reason: 'inUse' });
    expect(await one.listen('192.0.2.99', port)).toMatchObject({ status: 'waiting' });
    expect(one.state).toMatchObject({ status: 'listening', host: '127.0.0.1', port });
    (await RawClient.open(port)).socket.destroy();
  });

  it('an address this computer does not have is waited for', async () => {
    expect(await listener().listen('192.0.2.99', 9700)).toMatchObject({
      status: 'waiting',
      host: '192.0.2.99',
    });
  });

  it('an adapter that disappears and returns: waits, then listens on the same port again', async () => {
    let present = ['127.0.0.1'];
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const one = listener({ addresses: () => present });
    const seen: string[] = [];
    one.onState((state) => seen.push(state.status));
    const state = await one.listen('127.0.0.1', await ownPort());
    const port = state.status === 'listening' ? state.port : 0;
    const client = await RawClient.open(port);
    vi.advanceTimersByTime(2_000);
    expect(one.state.status).toBe('listening');
    present = [];
    vi.advanceTimersByTime(2_000);
    await client.until(() => one.state.status === 'waiting');
    await expect(RawClient.open(port)).rejects.toThrow('ECONNREFUSED');
    present = ['127.0.0.1'];
    vi.advanceTimersByTime(2_000);
    await client.until(() => one.state.status === 'listening');
    expect(one.state).toMatchObject({ port });
    (await RawClient.open(port)).socket.destroy();
    expect(seen).toEqual(['listening', 'waiting', 'listening']);
    client.socket.destroy();
  });

  it('several addresses on one port: each fails and returns by itself, and the first listening one is the state', async () => {
    let present = ['127.0.0.1', '127.0.0.2'];
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const one = listener({ addresses: () => present });
    const state = await one.listen('127.0.0.1', await ownPort(), [], ['127.0.0.2']);
    const port = state.status === 'listening' ? state.port : 0;
    const other = { status: 'listening', host: '127.0.0.2', port };
    expect(state).toMatchObject({ status: 'listening', host: '127.0.0.1', others: [other] });
    const client = await RawClient.open(port);
    present = ['127.0.0.2'];
    vi.advanceTimersByTime(2_000);
    await client.until(() => addressesOf(one.state).some(({ status }) => status === 'waiting'));
    expect(one.state).toMatchObject({ ...other, others: [{ status: 'waiting', host: '127.0.0.1', port }] });
    present = ['127.0.0.1', '127.0.0.2'];
    vi.advanceTimersByTime(2_000);
    await client.until(() => addressesOf(one.state).every(({ status }) => status === 'listening'));
    expect(one.state).toMatchObject({ host: '127.0.0.1', others: [other] });
    client.socket.destroy();
  });

  it('a failing additional address leaves the working ones unchanged; a missing one is not an obstacle', async () => {
    const one = listener({ addresses: () => ['127.0.0.1'] });
    const state = await one.listen('127.0.0.1', await ownPort());
    const port = state.status === 'listening' ? state.port : 0;
    const busy = createServer();
    await new Promise<void>((resolve) => busy.listen(port, '127.0.0.2', resolve));
    expect(await one.listen('127.0.0.1', port, [], ['127.0.0.2'])).toMatchObject({
      status: 'failed',
      host: '127.0.0.2',
      reason: 'inUse',
    });
    expect(one.state).toEqual(state);
    busy.close();
    const two = listener();
    await two.listen('192.0.2.99', port + 1, [], ['127.0.0.2']);
    const third = await two.listen('127.0.0.2', port + 1, [], ['192.0.2.99', '127.0.0.3']);
    expect(addressesOf(third)).toMatchObject([
      { status: 'listening', host: '127.0.0.2' },
      { status: 'waiting', host: '192.0.2.99' },
      { status: 'listening', host: '127.0.0.3' },
    ]);
  });

  it.each(['0.0.0.0', '127.0.0.1'])('%s, which no adapter has, does not go away with one', async (host) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const one = listener({ addresses: () => ['192.0.2.99'] });
    const state = await one.listen(host, 0);
    vi.advanceTimersByTime(2_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(one.state).toEqual(state);
  });
});

import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { stepsPerTurn, turnsTogether } from '../../src/main/machines/link/turns';
import { makeSign } from '../../src/main/core/protocol/sign';
import { decimalFrame, RawClient, startServer, type TestServer } from '../builders/server';

const open: TestServer[] = [];
async function served(
  config = {},
  keepEntries = true,
  options: Parameters<typeof startServer>[2] = {},
): Promise<TestServer> {
  const server = await startServer(config, keepEntries, options);
  open.push(server);
  return server;
}
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

const hb = (vmcNo: number) => decimalFrame(`{"cmd":"hb","vmc_no":${vmcNo}}`);
const hbAnswer = hb;

describe('a test of our own address', () => {
  it('is answered by this server, leaves no trace, and takes no machine’s place', async () => {
    const { port, entries, server, crowds } = await served({}, true, { places: 1 });
    const machine = await RawClient.open(port);
    machine.send(hb(7));
    await machine.expects(hbAnswer(7));
    const before = entries.length;
    expect(await server.testSelf('127.0.0.1', port)).toEqual({
      host: '127.0.0.1',
      port,
      answered: true,
      detail: '',
    });
    expect([entries.length, crowds]).toEqual([before, []]);
    machine.send(hb(7));
    await machine.expects(hbAnswer(7));
  });

  it('reports an address without a listener, and does not take another program for this server', async () => {
    const { port, server, listener } = await served();
    await listener.stop();
    expect(await server.testSelf('127.0.0.1', port)).toMatchObject({
      answered: false,
      detail: 'ECONNREFUSED',
    });
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const answer = await server.testSelf('127.0.0.1', port);
    other.close();
    expect(answer).toMatchObject({ answered: false, detail: 'TIMEOUT' });
  });
});

describe('a direct link that begins', () => {
  const begins = async (vmcNo: number | null) => {
    const { port, server } = await served();
    const [mine, other] = [await RawClient.open(port), await RawClient.open(port)];
    for (const [client, number] of [
      [mine, 7],
      [other, 8],
    ] as const) {
      client.send(hb(number));
      await client.expects(hbAnswer(number));
    }
    const unnamed = await RawClient.open(port);
    await expect.poll(() => server.unnamed().length).toBe(1);
    // No connection came through the link's adapter.
    server.closeOthers({ vmcNo, tells: false }, () => false);
    await other.until(() => other.closed);
    return { mine, unnamed };
  };

  it('closes no connection of its own machine, by any adapter, nor a connection without a number', async () => {
    const { mine, unnamed } = await begins(7);
    for (const [client, number] of [
      [mine, 7],
      [unnamed, 9],
    ] as const) {
      client.send(hb(number));
      await client.expects(hbAnswer(number));
    }
  });

  it('for the first machine, it closes connections of other adapters', async () => {
    const { mine, unnamed } = await begins(null);
    for (const client of [mine, unnamed]) await client.until(() => client.closed);
  });
});

describe('a machine server on real sockets', () => {
  it('answers recorded frames: a bug in the fold costs the connection, not the answer or its record', async () => {
    const { port, entryLog, problems } = await served();
    const client = await RawClient.open(port);
    client.send(hb(7));
    await client.expects(hbAnswer(7));
    const kept: string[] = [];
    entryLog.onKept((entry) => kept.push(`${entry.kind} ${'dir' in entry ? entry.dir : ''}`));
    entryLog.onEntry((entry) => {
      if (entry.kind === 'frame' && entry.dir === 'in') throw new Error('a bug');
    });
    client.send(hb(7));
    await client.expects(hbAnswer(7));
    await client.until(() => client.closed);
    expect(kept).toEqual(['frame in', 'frame out', 'finding ', 'closed ']);
    expect(problems).toEqual([expect.stringContaining('a bug')]);
  });

  it('does not answer frames that can’t be recorded', async () => {
    const { port, entryLog } = await served();
    entryLog.onKept((entry) => {
      if (entry.kind === 'frame' && entry.dir === 'in') throw new Error('a bug');
    });
    const client = await RawClient.open(port);
    client.send(hb(7));
    await client.until(() => client.closed);
    expect(client.received.toString()).toBe('');
  });

  it('logs a machine in by the decimal head, byte by byte as documented', async () => {
    const { port, fleet } = await served();
    const client = await RawClient.open(port);
    client.send(
      decimalFrame(
        '{"cmd":"login","vmc_no":33232,"timestamp":20150624,"sign":"x","version":"1.2.8.8","linuxDriverVersion":"1.3"}',
      ),
    );
    await client.until(() => client.received.includes('}'));
    const text = client.received.toString();
    expect(text).toMatch(
      /^\d{4}00000000\{"cmd":"login_r","vmc_no":33232,"date_time":"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d","ret":0\}$/,
    );
    expect(Number(text.slice(0, 4))).toBe(text.length);
    expect(fleet.machine(33232)).toMatchObject({
      platform: 'linux',
      head: 'decimal',
      link: { status: 'online' },
    });
  });

  it('answers le48 with le48 and counts its own sequence', async () => {
    const { port } = await served();
    const client = await RawClient.open(port);
    // Total 35 = 0x23: 0x23 + 0x30 = "S".
    client.send('S00000000000{"cmd":"hb","vmc_no":7}');
    await client.expects('S00000000000{"cmd":"hb","vmc_no":7}');
    client.send('S00010000000{"cmd":"hb","vmc_no":7}');
    await client.expects('S00010000000{"cmd":"hb","vmc_no":7}');
  });

  it('writes one frame per write: answers to two frames in one read are two writes', async () => {
    const { port, entries } = await served();
    const client = await RawClient.open(port);
    client.send(hb(1) + hb(1));
    await client.expects(hbAnswer(1) + hbAnswer(1));
    expect(entries.filter((entry) => entry.kind === 'frame' && entry.dir === 'out')).toHaveLength(2);
  });

  it('survives resets and half-open sockets, and reports who closed and how', async () => {
    const { port, fleet, entries } = await served();
    const resetting = await RawClient.open(port);
    resetting.send(hb(11));
    await resetting.expects(hbAnswer(11));
    resetting.socket.resetAndDestroy();
    const leaving = await RawClient.open(port);
    leaving.send(hb(12));
    await leaving.expects(hbAnswer(12));
    leaving.socket.end();
    await leaving.until(() => leaving.closed);
    const staying = await RawClient.open(port);
    staying.send(hb(13));
    await staying.expects(hbAnswer(13));
    await staying.until(() => fleet.machine(11)?.link.status === 'offline');
    expect(fleet.machine(11)?.link).toMatchObject({ reason: 'reset' });
    expect(fleet.machine(12)?.link).toMatchObject({ reason: 'machineClosed' });
    expect(fleet.machine(13)?.link.status).toBe('online');
    expect(entries.filter((entry) => entry.kind === 'closed')).toHaveLength(2);
  });

  it('bytes held at the end of the connection are recorded, not lost', async () => {
    const { port, entries } = await served();
    const client = await RawClient.open(port);
    client.send(`${hb(5)}005000000000{"cmd":"lo`);
    await client.expects(hbAnswer(5));
    client.socket.end();
    await client.until(() => entries.some((entry) => entry.kind === 'closed'));
    const kinds = entries.map((entry) => entry.kind);
    expect(kinds).toEqual(['opened', 'frame', 'frame', 'junk', 'closed']);
    const junk = entries.find((entry) => entry.kind === 'junk');
    expect(Buffer.from(junk?.bytes ?? []).toString()).toBe('005000000000{"cmd":"lo');
  });

  it('a wrong length followed by quiet is answered all the same', async () => {
    const { port, entries } = await served();
    const client = await RawClient.open(port);
    client.send('009900000000{"cmd":"hb","vmc_no":8}');
    await client.expects(hbAnswer(8));
    const frame = entries.find((entry) => entry.kind === 'frame');
    expect(frame?.findings.map((finding) => finding.code)).toContain('head.lengthWrong');
    // It arrived 200 ms before the decision.
    const answered = entries.find((entry) => entry.kind === 'frame' && entry.dir === 'out');
    expect((answered?.at ?? 0) - (frame?.at ?? 0)).toBeGreaterThanOrEqual(200);
  });

  it('handles only so many frames of a flood before every other socket is read again', async () => {
    const { port, fleet } = await served({}, false);
    const floods = await Promise.all(Array.from({ length: 20 }, () => RawClient.open(port)));
    const sum = (): number => {
      let frames = 0;
      for (const { counts } of fleet.machines.values()) frames += counts.framesIn;
      return frames;
    };
    let most = 0;
    let before = 0;
    let isOver = false;
    const look = (): void => {
      const frames = sum();
      most = Math.max(most, frames - before);
      before = frames;
      if (!isOver) setImmediate(look);
    };
    look();
    for (const [n, { socket }] of floods.entries()) {
      socket.removeAllListeners('data');
      socket.resume();
      socket.write(hb(60 + n).repeat(1_000));
    }
    const other = await RawClient.open(port);
    other.send(hb(100));
    await other.expects(hbAnswer(100));
    await other.until(() => sum() === 20_001);
    isOver = true;
    // The first frames of other machines may be read in the same turn as a round of turns.
    expect(most).toBeLessThanOrEqual(stepsPerTurn * (turnsTogether + floods.length) + 1);
  });

  it('all data from before the end is answered before it', async () => {
    const { port } = await served();
    const client = await RawClient.open(port);
    client.socket.end(hb(5).repeat(200));
    await client.expects(hbAnswer(5).repeat(200));
    await client.until(() => client.closed);
  });

  it('a client that never reads is held back and costs bounded memory', async () => {
    const { port, fleet } = await served({}, false);
    const client = await RawClient.open(port);
    client.socket.pause();
    const block = Buffer.from(hb(67).repeat(1_000));
    let blocked = false;
    for (let n = 0; n < 2_000 && !blocked; n += 1) {
      if (client.socket.write(block)) continue;
      blocked = !(await Promise.race([
        new Promise<boolean>((resolve) => client.socket.once('drain', () => resolve(true))),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 700)),
      ]));
    }
    expect(blocked).toBe(true);
    // Others are not affected.
    const other = await RawClient.open(port);
    other.send(hb(68));
    await other.expects(hbAnswer(68));
    expect(fleet.machine(67)?.link.status).toBe('online');
    client.socket.destroy();
  });

  it('two machines with one number: the newer wins, and the fourth swap is reported', async () => {
    const { port, fleet, entries } = await served();
    const clients: RawClient[] = [];
    for (let n = 0; n < 5; n += 1) {
      const client = await RawClient.open(port);
      // The older one still sends while the newer one is there.
      await new Promise((resolve) => setTimeout(resolve, 20));
      clients.at(-1)?.send(hb(33232));
      await clients.at(-1)?.expects(hbAnswer(33232));
      client.send(hb(33232));
      await client.expects(hbAnswer(33232));
      clients.push(client);
    }
    await clients[3]?.until(() => clients[3]?.closed === true);
    expect(clients.map((client) => client.closed)).toEqual([true, true, true, true, false]);
    expect(fleet.machine(33232)?.findings['number.shared']?.times).toBe(1);
    expect(
      entries.filter((entry) => entry.kind === 'closed').every((entry) => entry.reason === 'replaced'),
    ).toBe(true);
  });

  it('a code that is stored while its machine is connected verifies it; another connection then leaves it the number', async () => {
    const { port, fleet, server } = await served();
    const code = '12345678';
    const machine = await RawClient.open(port);
    const timestamp = '20150624';
    const sign = makeSign('timestampCode', { timestamp, vmcNo: null }, code);
    machine.send(
      decimalFrame(JSON.stringify({ cmd: 'login', vmc_no: 33232, timestamp, sign, version: '1' })),
    );
    await machine.until(() => fleet.machine(33232)?.login != null);
    expect(fleet.machine(33232)?.sign).toEqual({ kind: 'noCode' });
    server.connectionOf(33232)?.compareSign('wrong678', null);
    expect(fleet.machine(33232)).toMatchObject({ sign: { kind: 'mismatch' }, proved: null });
    server.connectionOf(33232)?.compareSign(code, null);
    expect(fleet.machine(33232)?.sign).toMatchObject({ kind: 'matched', formula: 'timestampCode' });
    const other = await RawClient.open(port);
    other.send(hb(33232));
    await other.expects(hbAnswer(33232));
    await machine.until(() => fleet.machine(33232)?.findings['number.claimed'] !== undefined);
    expect([machine.closed, other.closed]).toEqual([false, false]);
    expect(server.connectionOf(33232)?.bytesRead).toBe(machine.socket.bytesWritten);
    expect(server.unnamed()).toHaveLength(1);
  });

  it('1,000 machines at once, each answered with its own number', async () => {
    const { port, fleet } = await served({}, false);
    const clients = await Promise.all(Array.from({ length: 1_000 }, () => RawClient.open(port)));
    await Promise.all(
      clients.map(async (client, n) => {
        client.send(hb(n + 1));
        await client.expects(hbAnswer(n + 1));
      }),
    );
    expect(fleet.machines.size).toBe(1_000);
    expect([...fleet.machines.values()].every((machine) => machine.link.status === 'online')).toBe(true);
    for (const client of clients) client.socket.destroy();
  });
});

describe('more connections than places', () => {
  const crowd = { places: 20, known: [1] };
  const opened = (port: number, count: number): Promise<RawClient[]> =>
    Promise.all(Array.from({ length: count }, () => RawClient.open(port)));
  const alive = (clients: readonly RawClient[]): number => clients.filter(({ closed }) => !closed).length;

  it('idle ones are closed, oldest first: a machine is served, a named machine stays, and it is reported', async () => {
    const { port, fleet, entries, crowds } = await served({}, true, crowd);
    const [known] = await opened(port, 1);
    known?.send(hb(1));
    await known?.expects(hbAnswer(1));
    const idle = await opened(port, 19);
    const machine = await RawClient.open(port);
    machine.send(hb(2));
    await machine.expects(hbAnswer(2));
    await machine.until(() => alive(idle) === 18);
    const closed = entries.filter((entry) => entry.kind === 'closed');
    expect(closed).toMatchObject([{ conn: 2, reason: 'crowded' }]);
    const findings = entries.flatMap((entry) => (entry.kind === 'finding' ? [entry.finding] : []));
    expect(findings).toEqual([{ code: 'link.crowded', params: { places: 20, held: 20 } }]);
    expect(crowds).toMatchObject([{ places: 20, address: '127.0.0.1', held: 20, turnedAway: 1 }]);
    expect(known?.closed).toBe(false);
    expect(fleet.machine(1)?.link.status).toBe('online');
    for (const client of idle) client.socket.destroy();
  });

  it.each([
    ['idle', null],
    ['with heartbeats', 100],
  ])('machines get in between others that come again and again, %s', async (_name, first) => {
    const { port, fleet, crowds } = await served({}, false, crowd);
    let count = 0;
    let isOver = false;
    const sockets = new Set<RawClient>();
    const comesAgain = async (): Promise<void> => {
      while (!isOver) {
        const client = await RawClient.open(port);
        sockets.add(client);
        count += 1;
        if (first !== null) client.send(hb(first + count));
        await client.until(() => client.closed || isOver, 60_000);
        sockets.delete(client);
      }
    };
    const all = Array.from({ length: 40 }, comesAgain);
    for (let n = 0; n < 5; n += 1) {
      const machine = await RawClient.open(port);
      machine.send(hb(10 + n));
      await machine.expects(hbAnswer(10 + n));
      machine.socket.destroy();
    }
    isOver = true;
    for (const client of sockets) client.socket.destroy();
    await Promise.all(all);
    expect(crowds.length).toBeGreaterThan(20);
    expect(fleet.connections.size).toBeLessThanOrEqual(20);
  });

  it('a further connection is refused when named machines hold all places, and that is reported', async () => {
    const { port, crowds } = await served({}, true, { places: 1, known: [1] });
    const known = await RawClient.open(port);
    known.send(hb(1));
    await known.expects(hbAnswer(1));
    const other = await RawClient.open(port);
    await other.until(() => other.closed);
    expect(crowds).toMatchObject([{ places: 1, address: '127.0.0.1', held: 0, turnedAway: 1 }]);
    expect(known.closed).toBe(false);
  });
});

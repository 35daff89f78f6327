/** Custom messages go out unchanged and are recorded as custom messages. */
import { afterEach, describe, expect, it } from 'vitest';
import { decimalFrame, RawClient, startServer, type TestServer } from '../builders/server';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function machine(): Promise<{ server: TestServer; client: RawClient }> {
  const server = await startServer();
  ends.push(() => server.stop());
  const client = await RawClient.open(server.port);
  ends.push(() => client.socket.destroy());
  client.send(decimalFrame('{"cmd":"hb","vmc_no":7}'));
  await client.expects(decimalFrame('{"cmd":"hb","vmc_no":7}'));
  return { server, client };
}

describe('a custom message', () => {
  it('a text gets the head of the machine, or the chosen head', async () => {
    const { server, client } = await machine();
    const by = server.server.connectionOf(7);
    const text = '{"cmd":"reboot","vmc_no":7}';
    by?.sendByHand({ as: 'text', text, head: 'machine' });
    await client.expects(decimalFrame(text));
    by?.sendByHand({ as: 'text', text, head: 'le48' });
    await client.until(() => client.received.length >= 39);
    expect(client.received.toString('latin1').slice(0, 12)).toBe('W00000000000');
    expect(server.entries.at(-1)).toMatchObject({
      head: 'le48',
      sequence: 0,
      message: { body: { cmd: 'reboot' } },
    });
  });

  it('text that is not JSON is recorded unchanged, and causes no harm', async () => {
    const { server, client } = await machine();
    const by = server.server.connectionOf(7);
    by?.sendByHand({ as: 'text', text: '{"cmd":"pay_done","order_no":5', head: 'machine' });
    by?.sendByHand({ as: 'text', text: '{"cmd":"pay_done","order_no":5}', head: 'machine' });
    by?.sendByHand({ as: 'bytes', bytes: Uint8Array.of(0, 255, 1) });
    const last = server.entries.slice(-3);
    expect(last).toMatchObject([
      { message: { body: { cmd: 'pay_done', orderNo: null } } },
      { message: { body: { cmd: 'pay_done', orderNo: '5', isPaid: null } } },
      { message: { body: { cmd: 'unknown', name: null } }, findings: [] },
    ]);
    expect(last[1]).toMatchObject({
      findings: ['vmc_no', 'product_amount', 'paydone', 'paytype'].map((field) => ({
        code: 'field.missing',
        params: { field },
      })),
    });
    expect(last[2]).toMatchObject({ head: null, bodyStart: 0, bytes: Uint8Array.of(0, 255, 1) });
    client.received = Buffer.alloc(0);
    client.send(decimalFrame('{"cmd":"hb","vmc_no":7}'));
    await client.until(() => client.received.includes('"hb"'));
    expect(server.fleet.machine(7)?.orders).toEqual([]);
  });

  it('a message longer than any head can state is not sent', async () => {
    const { server } = await machine();
    const before = server.entries.length;
    const by = server.server.connectionOf(7);
    expect(by?.sendByHand({ as: 'text', text: `"${'x'.repeat(9_990)}"`, head: 'machine' })).toEqual({
      tooLong: 10_004,
    });
    expect(server.entries.length).toBe(before);
  });
});

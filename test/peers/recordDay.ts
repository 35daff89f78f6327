/**
 * Records test/fixtures/recordedDay.jsonl.gz: hours of virtual machines with every fault in turn and every command.
 * Two machines are upgraded, and one sends the document's examples. The same seed gives the same day.
 *
 *   npx tsx test/peers/recordDay.ts && npx vitest run --project integration test/integration/recordedDay.test.ts -u
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { CommandName } from '#shared/commands/index';
import type { Head, JsonObject } from '#shared/model/frame';
import type { QrAnswers } from '#shared/model/machineSettings';
import { misbehaviours } from '#shared/model/simulator';
import { encodeFrame } from '../../src/main/core/protocol/encode';
import { Fleet } from '../../src/main/tools/simulator/fleet';
import type { Dial } from '../../src/main/tools/simulator/transport';
import { fleetOptions } from '../../src/main/tools/simulator/options';
import { Random } from '../../src/main/tools/simulator/random';
import { Day, type DayInput } from '../builders/recordedDay';
import { document } from '../fixtures/document';
import { FakeClock } from '../builders/simulatedMachine';

const hours = 3;
const machines = 6;
const first = 90_001;

const clock = new FakeClock();
const day = new Day(clock.now());
const random = new Random(11);
const inputs: DayInput[] = [];

type Said<I> = I extends unknown ? Omit<I, 'at'> : never;
function put(said: Said<DayInput>): void {
  const input = { at: Math.round(clock.now()), ...said } as DayInput;
  inputs.push(input);
  day.do(input);
}

function open(qrAnswers: QrAnswers): number {
  put({ opens: qrAnswers });
  return day.world.connections.length;
}

const sends = (conn: number, bytes: Uint8Array): void =>
  put({ conn, sends: Buffer.from(bytes).toString('base64') });

/** The wire between a virtual machine and the day: reads differ in size from the writes, some are late. */
const dial: Dial = (events) => {
  let conn = 0;
  let isDead = false;
  let last = 0;
  const later = (ms: number, run: () => void): void => {
    last = Math.max(clock.now() + ms, last);
    clock.after(last - clock.now(), () => {
      if (!isDead) run();
    });
  };
  const leave = (how: 'end' | 'reset') => () => {
    later(1, () => {
      put({ conn, ends: how });
      isDead = true;
    });
  };
  later(1, () => {
    conn = open(random.chance(0.5) ? 'auto' : 'hand');
    day.world.connections[conn - 1]?.onOutput((output) => {
      if (output.type === 'sent') later(1, () => events.received(output.bytes));
      if (output.type === 'close')
        clock.after(2, () => {
          if (!isDead) events.closed();
          isDead = true;
        });
    });
    events.opened(40_000 + conn);
  });
  return {
    write: (bytes) => {
      const copy = Buffer.from(bytes);
      const whole = random.chance(0.9);
      for (let at = 0; at < copy.length;) {
        const size = whole ? copy.length : random.int(1, copy.length);
        const part = copy.subarray(at, at + size);
        later(random.chance(0.95) ? random.int(1, 20) : random.int(100, 400), () => sends(conn, part));
        at += size;
      }
      return true;
    },
    end: leave('end'),
    reset: leave('reset'),
  };
};

const options = { host: 'none', port: 1, count: machines, platform: 'mixed', seed: 3 } as const;
const fleet = new Fleet(fleetOptions.parse(options), { clock, dial });

/** Repeats it, with pauses between `low` and `high` ms. */
function often(low: number, high: number, run: () => void): void {
  clock.after(random.int(low, high), () => {
    run();
    often(low, high, run);
  });
}

const anyMachine = (): number => first + random.int(0, machines - 1);
const names = [
  'openDoor',
  'makeDrink',
  'rinse',
  'reboot',
  'setPrices',
  'setDiscount',
  'queryStatus',
  'querySupplies',
  'sync',
  'answerQr',
  'payResult',
] as const satisfies readonly CommandName[];

function inputOf(vmcNo: number, name: (typeof names)[number]): JsonObject {
  const orders = day.world.fleet.machine(vmcNo)?.orders ?? [];
  const { orderNo = 'none', productId = null, amount = null } = orders.at(-1) ?? {};
  switch (name) {
    case 'openDoor':
      return { spelling: random.pick(['opendoor', 'door open']) };
    case 'makeDrink':
      return { productId: productId ?? 801, strength: 2, milk: random.int(0, 5), sugar: 0 };
    case 'setPrices':
      return { prices: [{ productId: productId ?? 801, price: random.int(5, 20) * 100, type: 0 }] };
    case 'setDiscount':
      return { percent: random.pick([100, 80, 33]) };
    case 'answerQr':
      return { orderNo, qrType: 'wx_pub', qrCode: `CREMA 测试 ${random.int(1, 99)}` };
    case 'payResult':
      return { orderNo, amount: amount ?? 1000, paid: random.chance(0.8), payType: 'alipay' };
    default:
      return {};
  }
}

often(20_000, 90_000, () => {
  const vmcNo = anyMachine();
  const gives = random.pick(names);
  put({ vmcNo, gives, input: inputOf(vmcNo, gives) });
});
often(10_000, 10_000, () => {
  for (const { vmcNo, orders } of day.world.fleet.machines.values()) {
    const { orderNo, state, amount, at = 0 } = orders.at(-1) ?? {};
    if (orderNo === undefined || state !== 'requested' || clock.now() - at > 25_000) continue;
    const input = { orderNo, amount: amount ?? 0, paid: random.chance(0.9), payType: 'wx_pub' };
    if (random.chance(0.6)) put({ vmcNo, gives: 'payResult', input });
  }
});
let faults = 0;
often(150_000, 300_000, () => {
  const fault = misbehaviours[(faults += 1) % misbehaviours.length];
  // At the socket's full speed: megabytes without news.
  if (fault === undefined || fault === 'flood') return;
  const vmcNo = anyMachine();
  fleet.setMisbehaviour(vmcNo, fault, true);
  clock.after(random.int(60_000, 200_000), () => fleet.setMisbehaviour(vmcNo, fault, false));
});
often(900_000, 1_800_000, () => put({ vmcNo: anyMachine(), hangsUp: true }));

function frame(body: JsonObject | string, head: Head = 'decimal', sequence = 0): Uint8Array {
  const encoded = encodeFrame(body, head, sequence);
  if (!encoded.ok) throw new Error('too long');
  return encoded.bytes;
}

clock.after(600_000, () => {
  const conn = open('hand');
  for (const text of Object.values(document)) sends(conn, frame(text));
  sends(conn, Buffer.from('no frame at all'));
  clock.after(5_000, () => sends(conn, frame({ cmd: 'hb', vmc_no: 33_232 }).subarray(0, 20)));
});

/** A complete upgrade: downloaded, and reported by the next login (android reports it over HTTP before). */
function upgrade(vmcNo: number, facts: JsonObject, head: Head, at: number): void {
  const login = (version: string) =>
    frame({ cmd: 'login', vmc_no: vmcNo, timestamp: '20240501', sign: '', version, ...facts }, head);
  clock.after(at, () => {
    const conn = open('hand');
    sends(conn, login('1.0'));
    put({ vmcNo, gives: 'upgrade', input: { packageId: '0'.repeat(64) } });
    const command = [...day.commands.values()].at(-1);
    if (command === undefined) throw new Error('not given');
    const transfer = {
      offer: command.id,
      vmcNo,
      remoteAddress: '192.0.2.7',
      startedAt: clock.now(),
      endedAt: clock.now() + 900,
      sent: 200,
      total: 200,
      status: 200,
      complete: true,
      straySpaces: false,
      from: 0,
      size: 200,
      movedAt: clock.now() + 900,
    };
    if (head === 'decimal') put({ transfer: { ...transfer, what: 'update.xml' } });
    put({ transfer: { ...transfer, what: 'package', endedAt: null, sent: 0, complete: null } });
    put({ transfer: { ...transfer, what: 'package' } });
    const { sessionId } = command;
    const { remoteAddress } = transfer;
    if (head === 'le48')
      put({
        notice: {
          vmcNo,
          sessionId,
          done: true,
          reason: null,
          sign: 'matched',
          at: clock.now(),
          remoteAddress,
        },
      });
    clock.after(30_000, () => put({ conn, ends: 'end' }));
    clock.after(60_000, () => {
      const again = open('hand');
      sends(again, login('3.0.1'));
      clock.after(20_000, () => put({ conn: again, ends: 'reset' }));
    });
  });
}
upgrade(33_233, { linuxDriverVersion: '1.3' }, 'decimal', 1_200_000);
upgrade(44_401, { io_version: '9', login_count: 1, comp_id: 5 }, 'le48', 1_800_000);

for (let minute = 0; minute < hours * 60; minute += 1) clock.advance(60_000);
const file = join(import.meta.dirname, '..', 'fixtures', 'recordedDay.jsonl.gz');
const packed = gzipSync(inputs.map((input) => `${JSON.stringify(input)}\n`).join(''), { level: 9 });
writeFileSync(file, packed);
process.stdout.write(`${inputs.length} inputs, ${packed.length} bytes\n`);

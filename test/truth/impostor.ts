/** An attacker on the network who claims to be the machine, or sends notices in its name. */
import { makeNoticeSign } from '../../src/main/core/protocol/sign';
import { encodeFrame } from '../../src/main/core/protocol/encode';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/frame';
import type { VirtualClock } from './clock';
import type { Crema } from './crema';
import { impostorAddress, machineAddress, type Forged, type Said } from './scenario';

interface Lie {
  readonly after: number;
  readonly body: JsonObject;
}

/** Messages of the attacker, with ms after the connection. `orders`: order numbers from frames that the attacker received. */
function liesOf(says: Said, vmcNo: number, product: number, orderNo: string): readonly Lie[] {
  const status = (word: string): JsonObject => ({ cmd: 'machinestatus', vmc_no: vmcNo, status: word });
  const login: JsonObject = {
    cmd: 'login',
    vmc_no: vmcNo,
    timestamp: '20240501',
    sign: 'f'.repeat(32),
    version: '9.9',
    linuxDriverVersion: '1.3',
  };
  switch (says) {
    case 'dooropen':
      return [{ after: 500, body: status('dooropen') }];
    case 'closedThenOpen':
      return [
        { after: 300, body: status('doorclose') },
        { after: 4_000, body: status('dooropen') },
      ];
    case 'drink':
      return [
        {
          after: 2_000,
          body: {
            cmd: 'productdone',
            vmc_no: vmcNo,
            ProductName: 'x',
            ProductId: product,
            ProductAmount: 0,
            PayType: 'fastcode',
            isok: true,
            order_no: orderNo,
          },
        },
      ];
    case 'paydone':
      return [{ after: 1_000, body: { cmd: 'paydone_r', vmc_no: vmcNo, order_no: orderNo, status: '1' } }];
    case 'status':
      return [{ after: 1_000, body: status('normal') }];
    case 'supply':
      return [{ after: 1_000, body: { ...status('supply'), supply: { '10009': '100' } } }];
    case 'version':
      return [{ after: 200, body: login }];
    case 'restart':
      return [];
  }
}

/** Connects, logs in as the machine and lies; leaves after `ms`. */
export function impostorVisits(
  { clock, crema, vmcNo }: { readonly clock: VirtualClock; readonly crema: Crema; readonly vmcNo: number },
  { says, ms, commands }: { readonly says: Said; readonly ms: number; readonly commands: readonly Command[] },
): void {
  let isOpen = true;
  const seen: string[] = [];
  const end = crema.accept({
    address: impostorAddress,
    write: (bytes) => {
      const text = Buffer.from(bytes).toString();
      const order = /"order_no":"([^"]+)"/.exec(text)?.[1];
      if (order !== undefined) seen.push(order);
    },
    end: () => {
      isOpen = false;
    },
  });
  const say = (body: JsonObject): void => {
    const encoded = encodeFrame(body, 'decimal', 0);
    if (isOpen && encoded.ok) end.received(encoded.bytes);
  };
  const drink = commands.findLast(({ name }) => name === 'makeDrink');
  say(
    says === 'restart' || says === 'version'
      ? {
          cmd: 'login',
          vmc_no: vmcNo,
          timestamp: '20240501',
          sign: 'e'.repeat(32),
          version: '1.2.8.8',
          linuxDriverVersion: '1.3',
        }
      : { cmd: 'hb', vmc_no: vmcNo },
  );
  const product = Number(drink?.input['productId'] ?? 801);
  for (const { after, body } of liesOf(says, vmcNo, product, ''))
    clock.after(after, () => {
      const orderNo = seen.at(-1);
      say('order_no' in body && orderNo !== undefined ? { ...body, order_no: orderNo } : body);
    });
  clock.after(ms, () => {
    if (isOpen) end.ended('end');
    isOpen = false;
  });
}

/** A notice about this command, over HTTP. */
export function forgedNotice(
  crema: Crema,
  command: Command,
  { forged, done }: { readonly forged: Forged; readonly done: boolean },
): void {
  const sessionId =
    forged === 'guessed' ? String(Number.parseInt(command.sessionId.slice(0, 8), 16)) : command.sessionId;
  const about = {
    vmc: String(command.vmcNo),
    sessionId,
    status: done ? '1' : '0',
    reason: done ? 'SC' : 'Z0024',
    nonce: '1',
    timestamp: '20240501080000',
  };
  const sign = forged === 'badSign' ? 'A'.repeat(32) : makeNoticeSign(about);
  crema.notice(
    new URLSearchParams({ ...about, sign }),
    forged === 'otherAddress' ? impostorAddress : machineAddress,
  );
}

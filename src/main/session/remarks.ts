/** What is remarked about a message beyond its reading: compared with what was known of the machine, the sign and the clock. */
import type { Finding } from '#shared/findings';
import type { MachineConfig, MachineState, SignResult } from '#shared/model/machine';
import type { MachineMessage } from '#shared/model/message';
import { errorKey } from '#shared/errors/codes';
import { errorRepeatWindow } from './machine';

/** Gaps and restarts of a machine's own counting (le48 padding [field]), also across its connections. */
export function sequenceFindings(sequence: number | null, machine: MachineState | null): readonly Finding[] {
  const last = machine?.sequence ?? null;
  if (sequence === null || last === null || sequence === last + 1) return [];
  // Padding that never counts is no sequence.
  if (sequence === last) return [];
  const params = { expected: last + 1, got: sequence };
  return [{ code: sequence > last ? 'seq.gap' : 'seq.restart', params }];
}

/** What a message is compared with. */
export interface RemarkContext {
  readonly now: number;
  readonly config: MachineConfig;
  /** The machine the message is about, as known before it. */
  readonly machine: MachineState | null;
}

/** The connection it comes on. */
export interface Speaking {
  /** Its machine number before the message. */
  readonly known: number | null;
  /** Whether it has logged in, this message included. */
  readonly loggedIn: boolean;
}

export function messageFindings(
  message: MachineMessage,
  sign: SignResult | null,
  ctx: RemarkContext,
  { known: number, loggedIn }: Speaking,
): readonly Finding[] {
  const found: Finding[] = [];
  if (number !== null && message.vmcNo !== null && message.vmcNo !== number) {
    found.push({ code: 'vmcNo.changed', params: { from: number, to: message.vmcNo } });
  }
  if (!loggedIn && number === null) found.push({ code: 'login.missing' });
  if (message.cmd === 'login') {
    if (sign !== null) found.push(...signFindings(sign, ctx));
    found.push(...clockFindings(message.timestamp, ctx.now));
  }
  if (message.cmd === 'productdone' && message.orderNo !== null && message.orderNo !== '') {
    const order = ctx.machine?.orders.find((one) => one.orderNo === message.orderNo);
    if (order !== undefined && order.doneTimes > 0) {
      const params = { orderNo: message.orderNo, times: order.doneTimes + 1 };
      found.push({ code: 'order.repeated', params });
    }
  }
  if (message.cmd === 'error' && message.code !== null && message.isSet !== false) {
    const key = errorKey(message.code);
    const known = ctx.machine?.errors.find((error) => errorKey(error.code) === key);
    if (known !== undefined && ctx.now - known.last < errorRepeatWindow) {
      found.push({ code: 'error.repeated', params: { code: message.code } });
    }
  }
  return found;
}

function signFindings(sign: SignResult, ctx: RemarkContext): readonly Finding[] {
  switch (sign.kind) {
    case 'noCode':
      return [];
    case 'matched':
      return [
        {
          code: 'sign.matched',
          params: { formula: sign.formula, variant: sign.exact ? 'exact' : 'loose' },
        },
      ];
    case 'absent':
      return ctx.config.signPolicy === 'ignore' ? [] : [{ code: 'sign.absent' }];
    case 'mismatch':
      return ctx.config.signPolicy === 'ignore' ? [] : [{ code: 'sign.mismatch' }];
  }
}

/** A login's date (yyyyMMdd [doc]) more than a day from ours: one of the two clocks is wrong, and ours sets the machine's. */
function clockFindings(timestamp: string | null, now: number): readonly Finding[] {
  const parts = timestamp === null ? null : /^(\d{4})(\d{2})(\d{2})/.exec(timestamp);
  if (parts === null) return [];
  const machine = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]), 12).getTime();
  if (Math.abs(machine - now) <= 36 * 3_600_000) return [];
  const here = new Date(now);
  const two = (n: number): string => String(n).padStart(2, '0');
  return [
    {
      code: 'clock.wrong',
      params: {
        machine: `${parts[1]}-${parts[2]}-${parts[3]}`,
        here: `${here.getFullYear()}-${two(here.getMonth() + 1)}-${two(here.getDate())}`,
      },
    },
  ];
}

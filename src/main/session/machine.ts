/**
 * What is known about one machine, as a fold over its journal entries. The live server and the replay of a recording call the
 * same function, so both always tell the same story.
 */
import type {
  ActiveError,
  Evident,
  LoginFacts,
  MachineState,
  Order,
  Platform,
  SignResult,
} from '#shared/model/machine';
import { closeReasons } from '#shared/model/closeReasons';
import type { Entry, FrameEntry, Peer } from '#shared/model/frame';
import type { ErrorMessage, LoginMessage, MachineMessage, ServerMessage } from '#shared/model/message';
import { lookupErrorCode } from '#shared/catalog/errorCodes';
import type { Finding } from '#shared/catalog/findings';
import { copyOf } from './copies';
import { applyPayment, applyPaymentHeard, applyProductDone, applyQrAnswer, applyQrRequest } from './orders';

/** The connection an entry belongs to, as the fleet knows it. */
export interface ConnectionFacts {
  readonly conn: number;
  readonly peer: Peer;
  readonly since: number;
}

/** What one machine may fill of our memory, whatever it sends. */
const errorsKept = 200;
const suppliesKept = 100;

/** A machine of which nothing is known but its number. */
export function newMachine(vmcNo: number, connection: ConnectionFacts): MachineState {
  return {
    vmcNo,
    link: { status: 'online', conn: connection.conn, peer: connection.peer, since: connection.since },
    platform: null,
    login: null,
    sign: null,
    head: null,
    sequence: null,
    lastHeard: null,
    heartbeat: { count: 0, last: null, interval: null },
    door: null,
    cupBlocked: null,
    locked: null,
    errors: [],
    supplies: {},
    orders: [],
    lastDrink: null,
    findings: {},
    discount: null,
    restart: null,
    counts: { framesIn: 0, framesOut: 0, bytesIn: 0, junkBytes: 0 },
    connections: 1,
  };
}

/** A machine known before comes back on another connection. */
export function reconnected(machine: MachineState, connection: ConnectionFacts): MachineState {
  return {
    ...machine,
    link: { status: 'online', conn: connection.conn, peer: connection.peer, since: connection.since },
    heartbeat: { count: 0, last: null, interval: null },
    // The machine has not repeated them yet: a mere reconnect neither keeps nor ends an error.
    errors: machine.errors.map((error) => ({ ...error, unconfirmed: true })),
    connections: machine.connections + 1,
  };
}

/** Applies one entry of this machine. `current`: the entry is of the connection the machine is on now. */
export function foldMachine(machine: MachineState, entry: Entry, current: boolean): MachineState {
  switch (entry.kind) {
    case 'opened':
      return machine;
    case 'closed':
      if (!current) return machine;
      return {
        ...machine,
        link: { status: 'offline', since: entry.at, reason: entry.reason },
        // Ended by us, it is not away because it restarts.
        restart: closeReasons[entry.reason].ofMachine ? machine.restart : null,
      };
    case 'finding':
      return withFindings(machine, [entry.finding], entry);
    case 'junk': {
      const counts = {
        ...machine.counts,
        bytesIn: machine.counts.bytesIn + entry.bytes.length,
        junkBytes: machine.counts.junkBytes + entry.bytes.length,
      };
      return withFindings({ ...machine, lastHeard: entry.at, counts }, entry.findings, entry);
    }
    case 'frame':
      return withFindings(foldFrame(machine, entry), entry.findings, entry);
  }
}

function foldFrame(machine: MachineState, entry: FrameEntry): MachineState {
  const { counts } = machine;
  const { framesIn, framesOut, bytesIn, junkBytes } = counts;
  const next = copyOf(machine);
  if (entry.message.from === 'server') {
    next.counts = { framesIn, framesOut: framesOut + 1, bytesIn, junkBytes };
    return Object.assign(next, foldSent(machine, entry.message.body, entry));
  }
  next.lastHeard = entry.at;
  next.head = entry.head ?? machine.head;
  next.sequence = entry.sequence ?? machine.sequence;
  next.counts = { framesIn: framesIn + 1, framesOut, bytesIn: bytesIn + entry.bytes.length, junkBytes };
  return Object.assign(next, foldMessage(machine, entry.message.body, entry));
}

/** What a message changes; `null`: nothing. */
type Changes = Partial<MachineState> | null;

function foldMessage(machine: MachineState, message: MachineMessage, entry: FrameEntry): Changes {
  switch (message.cmd) {
    case 'hb': {
      const { count, last } = machine.heartbeat;
      const interval = last === null ? null : entry.at - last;
      return { heartbeat: { count: count + 1, last: entry.at, interval } };
    }
    case 'login':
      return foldLogin(machine, message, entry);
    case 'error':
      return { errors: foldErrors(machine.errors, message, entry) };
    case 'machinestatus':
    case 'statusquery_r':
    case 'querysupplies_r': {
      const locked = message.cmd === 'machinestatus' ? message.locked : null;
      return foldStatus(machine, message.status, message.supply, locked, entry);
    }
    case 'qrcode':
      return { orders: applyQrRequest(machine.orders, message, entry) };
    case 'productdone': {
      const { orders, order, first } = applyProductDone(machine.orders, message, entry);
      return {
        orders,
        lastDrink: first && message.isOk !== null ? evident(order, entry) : machine.lastDrink,
        // [ours] a drink that worked proves that no cup blocks the outlet.
        cupBlocked: message.isOk === true ? null : machine.cupBlocked,
      };
    }
    case 'paydone_r':
      return { orders: applyPaymentHeard(machine.orders, message.orderNo, entry) };
    case 'checkorder':
    case 'rinsingrecord':
    case 'feedrecord':
    case 'upordrecipe':
    case 'unknown':
      return null;
  }
}

/** Frames of ours after which a machine restarts: reboot [doc]; priceset and discount [field]. */
function restartsMachine(message: ServerMessage): boolean {
  return (
    message.cmd === 'reboot' ||
    message.cmd === 'priceset' ||
    message.cmd === 'discount' ||
    message.cmd === 'upgrade' ||
    (message.cmd === 'remote' && message.operation === 'reboot')
  );
}

function foldSent(machine: MachineState, message: ServerMessage, entry: FrameEntry): Changes {
  if (message.cmd === 'qrcode_r') return { orders: applyQrAnswer(machine.orders, message, entry) };
  if (message.cmd === 'pay_done') return { orders: applyPayment(machine.orders, message, entry) };
  if (!restartsMachine(message)) return null;
  const restart = { ...evident(message.cmd, entry), conn: entry.conn };
  return message.cmd === 'discount' ? { restart, discount: evident(message.discount, entry) } : { restart };
}

function platformOf(login: LoginMessage): Platform | null {
  if (login.driverVersion !== null) return 'linux'; // [doc] linuxDriverVersion
  if (login.ioVersion !== null || login.loginCount !== null || login.compId !== null) return 'android'; // [field]
  return null;
}

function signOf(findings: readonly Finding[]): SignResult {
  for (const { code, params } of findings) {
    if (code === 'sign.mismatch') return { kind: 'mismatch' };
    if (code === 'sign.absent') return { kind: 'absent' };
    if (code === 'sign.matched') {
      const formula = params?.['formula'] === 'codeNumber' ? 'codeNumber' : 'timestampCode';
      return { kind: 'matched', formula, exact: params?.['variant'] === 'exact' };
    }
  }
  return { kind: 'noCode' };
}

function foldLogin(machine: MachineState, message: LoginMessage, entry: FrameEntry): Changes {
  const { cmd: _cmd, vmcNo: _vmcNo, sign: _sign, ...facts } = message;
  const login: LoginFacts = { at: entry.at, entry: entry.id, ...facts };
  // Seen to have restarted: we made it restart, or its count of login attempts began anew [field].
  const before = machine.login?.loginCount ?? null;
  const rebooted =
    (machine.restart !== null && machine.restart.conn !== entry.conn) ||
    (before !== null && message.loginCount !== null && message.loginCount < before);
  return {
    login,
    platform: platformOf(message) ?? machine.platform,
    sign: signOf(entry.findings),
    errors: rebooted ? machine.errors.filter((error) => error.isPersistent !== false) : machine.errors,
    restart: machine.restart?.conn === entry.conn ? machine.restart : null,
  };
}

function foldErrors(
  errors: readonly ActiveError[],
  message: ErrorMessage,
  entry: FrameEntry,
): readonly ActiveError[] {
  if (message.code === null) return errors;
  const key = errorKey(message.code);
  const known = errors.find((error) => errorKey(error.code) === key);
  if (message.isSet === false) return errors.filter((error) => error !== known);
  const error: ActiveError = {
    code: message.code,
    description: message.description ?? known?.description ?? null,
    since: known?.since ?? entry.at,
    last: entry.at,
    entry: known?.entry ?? entry.id,
    times: known === undefined ? 1 : known.times + (entry.at - known.last < errorRepeatWindow ? 0 : 1),
    isFatal: message.isFatal,
    isPersistent: message.isPersistent,
    unconfirmed: false,
  };
  if (known === undefined) return [...errors, error].slice(-errorsKept);
  return errors.map((old) => (old === known ? error : old));
}

/** [ours] An identical error within this time (ms) is the same message sent again. */
export const errorRepeatWindow = 60_000;

/** Codes are one whatever their case, stray spaces and, where the catalogue knows them, prefix. */
export function errorKey(code: string): string {
  return lookupErrorCode(code)?.id ?? code.trim().toUpperCase();
}

function foldStatus(
  machine: MachineState,
  status: string | null,
  supply: Readonly<Record<string, string>> | null,
  locked: boolean | null,
  entry: FrameEntry,
): Changes {
  const told: Changes = {
    ...(supply === null ? {} : { supplies: withSupplies(machine.supplies, supply, entry) }),
    ...(locked === null ? {} : { locked: evident(locked, entry) }),
  };
  switch (status) {
    case 'clearerror':
      return { ...told, errors: [], cupBlocked: null };
    case 'cupblock':
      return { ...told, cupBlocked: machine.cupBlocked ?? evident(true as const, entry) };
    case 'dooropen':
      return { ...told, door: sameOr(machine.door, 'open', entry) };
    case 'doorclose':
      return { ...told, door: sameOr(machine.door, 'closed', entry) };
    default:
      return told;
  }
}

function withSupplies(
  known: MachineState['supplies'],
  supply: Readonly<Record<string, string>>,
  entry: FrameEntry,
): MachineState['supplies'] {
  // A map, and back by fromEntries: a material may be called `__proto__` by whoever means harm.
  const supplies = new Map(Object.entries(known));
  for (const [material, amount] of Object.entries(supply)) {
    if (supplies.has(material) || supplies.size < suppliesKept)
      supplies.set(material, evident(amount, entry));
  }
  return Object.fromEntries(supplies);
}

/** Repeating a state does not make it newer: "open for 12 min" counts from the first time. */
function sameOr<T>(old: Evident<T> | null, value: T, entry: FrameEntry): Evident<T> {
  return old?.value === value ? old : evident(value, entry);
}

function evident<T>(value: T, entry: FrameEntry): Evident<T> {
  return { value, at: entry.at, entry: entry.id };
}

function withFindings(machine: MachineState, found: readonly Finding[], entry: Entry): MachineState {
  if (found.length === 0) return machine;
  const findings = { ...machine.findings };
  for (const { code } of found) {
    findings[code] = { times: (findings[code]?.times ?? 0) + 1, last: entry.at, entry: entry.id };
  }
  return { ...machine, findings };
}

/** The order with this number, newest first. */
export function orderOf(machine: MachineState | null, orderNo: string): Order | undefined {
  return machine?.orders.findLast((order) => order.orderNo === orderNo);
}

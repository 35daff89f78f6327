/**
 * The life of a command as functions: queued, sent, and judged by what the machine then says. Nothing counts as done because it
 * was sent; every step names the entry it follows from (docs/protocol.md, "Server to machine").
 */
import { commands, type CommandName, type Proof } from '#shared/catalog/commands';
import { openStates, type Command, type CommandState, type CommandStep } from '#shared/model/command';
import type { Entry, JsonObject, JsonValue } from '#shared/model/frame';
import type { MachineState, Platform } from '#shared/model/machine';
import type { ControlNotice, Transfer } from '#shared/model/upgrade';

/** ms a machine that has fetched its package gets to come back with it [ours]. */
const settleTime = 600_000;
/** Steps kept of one command; a price list may see many amounts in a day. */
const stepsKept = 200;

export interface NewCommand {
  readonly id: number;
  readonly vmcNo: number;
  readonly name: CommandName;
  readonly input: JsonObject;
}

export function queuedCommand({ id, vmcNo, name, input }: NewCommand, now: number): Command {
  return {
    id,
    vmcNo,
    name,
    input,
    state: 'queued',
    createdAt: now,
    sentAt: null,
    endedAt: null,
    until: now + commands[name].queueFor,
    // Unlike any other machine's or day's: a late notice must not be taken for this one's.
    sessionId: `${now}${String(id).padStart(6, '0')}`,
    platform: null,
    conn: null,
    steps: [],
    awaited: [],
  };
}

function proofOf({ name, platform, input }: Command): Proof {
  // A menu or a picture is named in no login; only the machine's own notice tells of it.
  if (name === 'upgrade' && input['seenAtLogin'] === false) return 'notice';
  return commands[name].proof[platform ?? 'linux'];
}

function withStep(command: Command, step: Omit<CommandStep, 'params'> & Partial<CommandStep>): Command {
  const steps = [...command.steps, { params: {}, ...step }];
  return {
    ...command,
    steps: steps.length > stepsKept ? [...steps.slice(0, 5), ...steps.slice(-stepsKept + 5)] : steps,
  };
}

function ended(
  command: Command,
  state: CommandState,
  step: Omit<CommandStep, 'params'> & Partial<CommandStep>,
): Command {
  return { ...withStep(command, step), state, endedAt: step.at, until: step.at };
}

export interface Sending {
  readonly platform: Platform | null;
  readonly conn: number;
  /** The frames it was written in. */
  readonly entries: readonly number[];
}

/** It was written to the machine. Where nothing could ever prove it, that is said at once. */
export function sentCommand(command: Command, { platform, conn, entries }: Sending, now: number): Command {
  let next: Command = {
    ...command,
    state: 'sent',
    sentAt: now,
    until: now + commands[command.name].proveFor,
    platform,
    conn,
    awaited: productIds(command),
  };
  for (const entry of entries) next = withStep(next, { what: 'sent', at: now, entry });
  return proofOf(next) === 'none'
    ? ended(next, 'unconfirmable', { what: 'cannotProve', at: now, entry: null })
    : next;
}

export function failedToSend(
  command: Command,
  step: Pick<CommandStep, 'what' | 'entry' | 'params'>,
  now: number,
): Command {
  return ended(command, 'failed', { ...step, at: now });
}

/** A text of the input; '' for anything else. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function productIds({ name, input }: Command): readonly number[] {
  if (name !== 'setPrices') return [];
  return pricesOf(input).map(({ productId }) => productId);
}

function pricesOf(input: JsonObject): readonly { readonly productId: number; readonly price: number }[] {
  const parsed = commands.setPrices.input.safeParse(input);
  return parsed.success ? parsed.data.prices : [];
}

/** Time passes: what was not sent or not proved until then has expired. */
export function expire(command: Command, now: number): Command {
  if (!openStates.has(command.state) || now < command.until) return command;
  // It fetched everything, and there is nothing more it could say.
  const fetched = command.steps.some((step) => step.what === 'downloadEnded');
  if (proofOf(command) === 'notice' && fetched)
    return ended(command, 'unconfirmable', { what: 'cannotProve', at: now, entry: null });
  const what = command.state === 'queued' ? 'notSent' : 'noProof';
  return ended(command, 'expired', { what, at: now, entry: null });
}

export function end(
  command: Command,
  what: 'cancelled' | 'cremaClosed' | 'otherSpelling' | 'replaced',
  now: number,
): Command {
  return ended(command, what === 'cancelled' ? 'cancelled' : 'expired', { what, at: now, entry: null });
}

/** What one entry of this machine says about the command; the same object when it says nothing. */
export function judge(command: Command, entry: Entry, before: MachineState | null): Command {
  if (command.state !== 'sent') return command;
  if (entry.kind === 'closed') return connectionClosed(command, entry);
  if (entry.kind !== 'frame' || entry.message.from !== 'machine') return command;
  const step = { at: entry.at, entry: entry.id };
  const { body } = entry.message;
  const proof = proofOf(command);
  switch (body.cmd) {
    case 'login':
      return loggedIn(command, entry, [body.version, body.ioVersion, body.driverVersion]);
    case 'machinestatus':
    case 'statusquery_r':
    case 'querysupplies_r':
      if (proof === 'doorOpen' && body.status === 'dooropen')
        return ended(command, 'confirmed', { what: 'doorOpened', ...step });
      if (proof === 'status') return ended(command, 'confirmed', { what: 'statusReported', ...step });
      if (proof === 'supplies' && body.supply !== null)
        return ended(command, 'confirmed', { what: 'suppliesReported', ...step });
      return command;
    case 'rinsingrecord':
      if (proof !== 'rinsingRecord') return command;
      return body.isOk === false
        ? ended(command, 'failed', { what: 'rinseFailed', ...step })
        : ended(command, 'confirmed', { what: 'rinsed', ...step });
    case 'productdone':
      return drinkDone(command, { ...step, ...body }, before);
    case 'paydone_r':
      if (proof !== 'payment' || (body.orderNo !== null && body.orderNo !== command.input['orderNo']))
        return command;
      return ended(command, 'confirmed', { what: 'acknowledged', ...step });
    case 'qrcode':
      if (body.productId === null || body.amount === null) return command;
      return amountAsked(command, { ...step, productId: body.productId, amount: body.amount }, before);
    default:
      return command;
  }
}

/** Ends that were our doing say nothing about the machine. */
const ours: ReadonlySet<string> = new Set(['byPerson', 'reserved', 'shutdown', 'internal']);

function connectionClosed(command: Command, entry: Extract<Entry, { kind: 'closed' }>): Command {
  if (entry.conn !== command.conn || !restarts(command)) return command;
  return withStep(command, {
    what: 'connectionClosed',
    at: entry.at,
    entry: entry.id,
    params: { reason: entry.reason },
  });
}

function restarts({ name }: Command): boolean {
  return name === 'reboot' || name === 'setPrices' || name === 'setDiscount' || name === 'upgrade';
}

function loggedIn(
  command: Command,
  entry: Extract<Entry, { kind: 'frame' }>,
  versions: readonly (string | null)[],
): Command {
  if (!restarts(command)) return command;
  const step = { at: entry.at, entry: entry.id };
  const said = versions.flatMap((version) => version?.trim() ?? []);
  if (proofOf(command) === 'version') {
    const expected = textOf(command.input['version']);
    if (said.includes(expected))
      return ended(command, 'confirmed', {
        what: 'versionConfirmed',
        ...step,
        params: { version: expected },
      });
    const params = { version: said[0] ?? '', expected };
    const next = withStep(command, { what: 'versionDiffers', ...step, params });
    // It may restart more than once; but not for an hour.
    return { ...next, until: Math.min(next.until, entry.at + settleTime) };
  }
  // Logging in again on the same connection is no restart, and neither is coming back after we hung up.
  const closed = command.steps.findLast(({ what }) => what === 'connectionClosed');
  if (entry.conn === command.conn || ours.has(String(closed?.params['reason']))) return command;
  const next = withStep(command, { what: 'loggedIn', ...step, params: { version: said[0] ?? '' } });
  return proofOf(command) === 'restart'
    ? { ...next, state: 'confirmed', endedAt: entry.at, until: entry.at }
    : next;
}

interface Done {
  readonly at: number;
  readonly entry: number;
  readonly productId: number | null;
  readonly orderNo: string | null;
  readonly isOk: boolean | null;
  readonly failReason: string | null;
  readonly payType: string | null;
}

function drinkDone(command: Command, done: Done, before: MachineState | null): Command {
  const { at, entry, productId, orderNo, isOk, failReason, payType } = done;
  const proof = proofOf(command);
  if (isOk === null) return command;
  const ofOrder = { productId: productId ?? 0, orderNo: orderNo ?? '' };
  const made = { what: 'drinkMade', at, entry, params: ofOrder } as const;
  const failed = {
    what: 'drinkFailed',
    at,
    entry,
    params: { ...ofOrder, reason: failReason ?? '' },
  } as const;
  if (proof === 'payment' && orderNo !== null && orderNo === command.input['orderNo'])
    return ended(command, 'confirmed', isOk ? made : failed);
  if (proof !== 'productDone' || productId !== command.input['productId']) return command;
  // Paid in any other way than we said, it is somebody else's.
  const paid = (payType ?? '').trim().toLowerCase();
  if (paid !== '' && paid !== 'fastcode') return command;
  // A customer's own order of the same product is not ours; nor is one told again.
  const known = before?.orders.find((order) => order.orderNo === orderNo);
  if (known !== undefined && (known.qrType !== null || known.doneTimes > 0)) return command;
  return isOk ? ended(command, 'confirmed', made) : ended(command, 'failed', failed);
}

interface Asked {
  readonly at: number;
  readonly entry: number;
  readonly productId: number;
  readonly amount: number;
}

function amountAsked(
  command: Command,
  { at, entry, productId, amount }: Asked,
  before: MachineState | null,
): Command {
  const proof = proofOf(command);
  if (proof !== 'amounts' && proof !== 'discount') return command;
  const price = proof === 'amounts' ? newPrice(command, productId) : discounted(command, productId, before);
  if (price === null) return command;
  // What it sells for is less than its price while a discount is in force.
  const percent = proof === 'amounts' ? (before?.discount?.value ?? 100) : 100;
  const expected = Math.round((price * percent) / 100);
  // A rounded percentage may be a fen off.
  const fits = Math.abs(amount - expected) <= (proof === 'discount' || percent < 100 ? 1 : 0);
  if (!fits)
    return withStep(command, { what: 'amountDiffers', at, entry, params: { productId, amount, expected } });
  const awaited = command.awaited.filter((id) => id !== productId);
  const seen = { what: 'amountSeen', at, entry, params: { productId, amount } } as const;
  if (awaited.length === 0) return { ...ended(command, 'confirmed', seen), awaited };
  return { ...withStep(command, seen), awaited };
}

/** `null`: not in the list, or seen already. */
function newPrice({ awaited, input }: Command, productId: number): number | null {
  if (!awaited.includes(productId)) return null;
  return pricesOf(input).find((price) => price.productId === productId)?.price ?? null;
}

/** What the product should cost now, by what it cost before the discount; `null`: it was not asked for before. */
function discounted(
  { input, sentAt }: Command,
  productId: number,
  before: MachineState | null,
): number | null {
  const earlier = before?.orders.findLast(
    (order) =>
      order.productId === productId &&
      order.qrType !== null &&
      order.amount !== null &&
      order.at < (sentAt ?? 0),
  );
  if (earlier?.amount == null) return null;
  const inForce = Number(input['percentBefore'] ?? 100);
  return Math.round((earlier.amount * Number(input['percent'])) / inForce);
}

/** What our own HTTP host saw. No proof of an upgrade, but what a person waits for. */
export function judgeTransfer(command: Command, transfer: Transfer): Command {
  if (command.state !== 'sent' || transfer.offer !== command.id) return command;
  const { what, status, remoteAddress, startedAt, endedAt, sent, total, complete } = transfer;
  // Refused, or not modified: nothing was fetched.
  if (status >= 300) return command;
  const params = { remoteAddress, sent, total };
  if (what === 'update.xml') {
    if (complete !== true || command.steps.some((step) => step.what === 'updateXmlFetched')) return command;
    return withStep(command, { what: 'updateXmlFetched', at: endedAt ?? startedAt, entry: null, params });
  }
  const key = `${startedAt} ${remoteAddress}`;
  const began = command.steps.some((step) => step.what === 'downloadBegan' && step.params['key'] === key);
  let next = command;
  if (!began)
    next = withStep(next, { what: 'downloadBegan', at: startedAt, entry: null, params: { ...params, key } });
  if (complete === null || endedAt === null) return next;
  if (complete && proofOf(next) === 'notice')
    next = { ...next, until: Math.min(next.until, endedAt + settleTime) };
  return withStep(next, {
    what: complete ? 'downloadEnded' : 'downloadBroke',
    at: endedAt,
    entry: null,
    params,
  });
}

/** android's own word over HTTP. That a package was fetched and unpacked is not yet that it runs. */
export function judgeNotice(command: Command, notice: ControlNotice): Command {
  if (command.state !== 'sent' || notice.sessionId !== command.sessionId || notice.vmcNo !== command.vmcNo)
    return command;
  const { at, done, reason } = notice;
  if (!done)
    return ended(command, 'failed', {
      what: 'machineSaidFailed',
      at,
      entry: null,
      params: { reason: reason ?? '' },
    });
  const step = { what: 'machineSaidDone', at, entry: null } as const;
  return proofOf(command) === 'version' ? withStep(command, step) : ended(command, 'confirmed', step);
}

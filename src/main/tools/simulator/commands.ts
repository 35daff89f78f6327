/** Handles messages from the server. The rows of shared/messages and shared/commands define the machine's reaction. */
import { commandNames } from '#shared/commands/index';
import { rowOf, commandOf } from '#shared/commands/kit/rows';
import { messageId, wrapper } from '#shared/commands/kit/wire';
import { toText } from '#shared/messages/field';
import { questionsOf } from '#shared/messages/lookup';
import type { JsonObject } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';
import type { Answering } from '#shared/model/simulator';
import type { Notify, Restart, VirtualMachine } from '#shared/virtualMachine';
import { answerAs } from './answering';
import type { Cabinet } from './cabinet';
import type { Cause } from './deeds';
import type { Program } from './program';
import { acknowledgedBy, handlerOf, keyOf } from './wire';

/** The parts of a machine that messages act on. */
export interface MachineControls {
  readonly cabinet: Cabinet;
  readonly program: Program;
  readonly rareSpelling: boolean;
  /** How the machine answers commands at present. */
  readonly answering: () => Answering;
  readonly reboot: (how: Restart, cause: Cause) => void;
  readonly rinse: (works: boolean, reportedLater: number, cause: Cause) => void;
  readonly upgrade: (dir: string, type: string | null, cause: Cause) => void;
  readonly sendFile: (...given: [...Parameters<VirtualMachine['sendFile']>, cause: Cause]) => void;
  /** Reports acceptance (`failReason` null) or refusal of a command. Only android reports it. */
  readonly notify: (message: JsonObject, failReason: string | null) => void;
  /** Runs after `ms` of real time; a restart does not cancel it. */
  readonly later: (ms: number, run: () => void) => void;
}

/** The interface that command rows use, for one message. */
function virtualMachine(controls: MachineControls, message: JsonObject): VirtualMachine {
  const { cabinet, program, rareSpelling } = controls;
  const cause = causeOf(message, cabinet.clock.now());
  const { orders } = program;
  return {
    vmcNo: cabinet.number,
    platform: cabinet.profile.platform,
    rareSpelling,
    isOwn: ({ vmc_no: number }) => Number(number) === cabinet.number,
    isBrewing: () => cabinet.isBrewing,
    soon: (ms, run) => void cabinet.soon(ms, run),
    does: (ms, act) => (ms === 0 ? act(true) : void cabinet.soon(ms, () => act(true))),
    restart: (how = {}) => controls.reboot(how, cause),
    restartPart: (part) => cabinet.log({ did: 'restartedPart', part }, cause),
    stopReading: () => program.stopReading(),
    reconnect: (longer = 0) => program.reconnect(longer, cause),
    loginAnswered: (isAccepted, dateTime) => program.loginAnswered(isAccepted, dateTime),
    openDoor: (ms) => cabinet.openDoor(ms, cause),
    makeDrink: (order, notify, works = true) => orders.makeDrink(order, cause, notify, works),
    rinse: (works = true, reportedLater = 0) =>
      program.whenIdle(() => controls.rinse(works, reportedLater, cause)),
    inSlot: (run) => program.inSlot(run),
    refill: (changes) => program.refilled(changes, cause),
    lock: (productIds, isLocked) => cabinet.lock(productIds, isLocked, cause),
    setPrice: (productId, price) => cabinet.setPrice(productId, price, cause),
    setDiscount: (percent) => cabinet.setDiscount(percent, cause),
    showQr: (qr) => orders.showQr(qr, cause),
    takesPayment: (payment) => orders.takesPayment(payment),
    settle: (payment, works = true) => orders.settle(payment, cause, works),
    upgrade: (dir, type) => controls.upgrade(dir, type, cause),
    sendFile: (dir, type, day, failed) => controls.sendFile(dir, type, day, failed, cause),
    reportSupplies: () => cabinet.reportSupplies(cause),
    reportState: () => program.reportState(cause),
    report: (what, facts) => void program.report(what, facts),
  };
}

const causeOf = (message: JsonObject, at: number): Cause => ({
  by: 'frame',
  cmd: toText(message['cmd']) ?? '',
  operation: toText(message['operation']),
  session: toText(message['session_id']),
  orderNo: toText(message['order_no']),
  at,
});

/** The reaction of a machine to messages of one kind. */
type Reaction = (controls: MachineControls, message: JsonObject) => void;
const reactions: Readonly<Record<Platform, Map<string, Reaction>>> = { linux: new Map(), android: new Map() };

/** Ignores unknown messages, as machines do; android reports an unknown operation as failed. */
export function handleMessage(controls: MachineControls, message: JsonObject): void {
  const id = messageId(message);
  if (id === '') return;
  const known = reactions[controls.cabinet.profile.platform];
  const reaction = known.get(id) ?? reactionTo(message, controls.cabinet.profile.platform);
  // Bounded, because a server can send any number of invented commands.
  if (known.size < 200) known.set(id, reaction);
  reaction(controls, message);
}

function reactionTo(message: JsonObject, platform: Platform): Reaction {
  const { cmd: given, operation } = message;
  const cmd = typeof given === 'string' ? given : '';
  const acknowledged = acknowledgedBy(cmd);
  if (acknowledged !== null)
    return ({ program }, answer) =>
      program.acknowledged(acknowledged.what, keyOf(answer, acknowledged.member), answer);
  const handler = handlerOf(cmd);
  if (handler !== null) return (controls, received) => handler(virtualMachine(controls, received), received);
  if (cmd === wrapper && platform === 'linux') return () => undefined;
  const name =
    commandOf({ cmd, operation }, platform) ?? commandNames.find((one) => rowOf(one).like(message)) ?? null;
  const row = name === null ? null : rowOf(name);
  const obeys = row?.virtual[platform] ?? null;
  if (row === null || obeys === null) {
    if (cmd !== wrapper) return () => undefined;
    return (controls, received) => controls.notify(received, 'no such operation');
  }
  const awaited = row.stages[platform].map(({ within }) => within);
  // An answer to the machine's own question is not an order.
  const isAnswer = questionsOf('out', cmd).length > 0;
  return (controls, received) => {
    const notify: Notify = (failReason) => controls.notify(received, failReason);
    const vm = virtualMachine(controls, received);
    const way = isAnswer ? 'truly' : controls.answering();
    answerAs(way, { obeys, vm, message: received, notify, awaited, later: controls.later });
  };
}

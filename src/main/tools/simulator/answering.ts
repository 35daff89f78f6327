/**
 * Ways in which a virtual machine answers commands: truly, or as failing real machines do. Each way is a row and applies to every
 * command. Command rows describe only an obedient machine (shared/virtualMachine.ts).
 */
import type { JsonObject } from '#shared/model/frame';
import type { Answering } from '#shared/model/simulator';
import type { Notify, Obeys, VirtualMachine } from '#shared/virtualMachine';

export interface Task {
  readonly obeys: Obeys;
  readonly vm: VirtualMachine;
  readonly message: JsonObject;
  /** android's reply over HTTP; `null`: accepted. */
  readonly notify: Notify;
  /** ms in which the server expects the proof of each stage. */
  readonly awaited: readonly number[];
  /** Runs after `ms` of real time; a restart does not cancel it. */
  readonly later: (ms: number, run: () => void) => void;
}

/** ms after the server's time limit; and the longest delay. */
const lateBy = 5_000;
const latest = 3_600_000;

const nothing = (): void => {};

/** A machine on which no action works. It still sends its messages. */
const broken = (vm: VirtualMachine): VirtualMachine => ({
  ...vm,
  restart: nothing,
  reconnect: nothing,
  does: (ms, act) => vm.does(ms, () => act(false)),
  restartPart: nothing,
  openDoor: nothing,
  makeDrink: (order, notify) => vm.makeDrink(order, notify, false),
  rinse: () => vm.rinse(false),
  inSlot: nothing,
  refill: nothing,
  lock: nothing,
  setPrice: nothing,
  setDiscount: nothing,
  showQr: nothing,
  reportState: nothing,
  reportSupplies: nothing,
  settle: (payment) => vm.settle(payment, false),
  upgrade: nothing,
  sendFile: (_dir, _type, _day, failed) => failed('upload failed'),
});

/** ms after the time limit of these stages. */
const lateness = (stages: readonly number[]): number =>
  Math.min(
    stages.reduce((sum, within) => sum + within, 0),
    latest,
  ) + lateBy;

/** A machine that disconnects at once, returns late and does everything else late. A rinse happens in time; only its record is late. */
function late(vm: VirtualMachine, { awaited, later }: Task): VirtualMachine {
  const ms = lateness(awaited);
  // The disconnect is the first stage; the limit for the return starts after it.
  const back = lateness(awaited.slice(-1));
  let isDue = false;
  const then =
    <Given extends readonly unknown[]>(act: (...given: Given) => void) =>
    (...given: Given): void => {
      if (isDue) act(...given);
      else later(ms, () => act(...given));
    };
  return {
    ...vm,
    restart: (how) => vm.restart({ ...how, longer: back }),
    reconnect: () => vm.reconnect(back),
    rinse: () => vm.rinse(true, ms),
    openDoor: then(vm.openDoor),
    does: (_ms, act) => later(ms, () => act(true)),
    // The notice is sent in time.
    makeDrink: (order, notify) => {
      notify(null);
      later(ms, () => vm.makeDrink(order, nothing));
    },
    inSlot: (run) =>
      later(ms, () =>
        vm.inSlot(() => {
          isDue = true;
          run();
        }),
      ),
    restartPart: then(vm.restartPart),
    refill: then(vm.refill),
    lock: then(vm.lock),
    setPrice: then(vm.setPrice),
    setDiscount: then(vm.setDiscount),
    showQr: then(vm.showQr),
    settle: then(vm.settle),
    upgrade: then(vm.upgrade),
    sendFile: then(vm.sendFile),
  };
}

/** Sends the acceptance or refusal, as message and as android's notice. */
function takes({ obeys, vm, message, notify }: Task, failReason: string | null): void {
  obeys.answers?.(vm, message, failReason === null);
  if (obeys.notifies === undefined || (obeys.notifies === 'itself' && failReason !== null))
    notify(failReason);
}

const acting = (machineOf: (vm: VirtualMachine, task: Task) => VirtualMachine) => (task: Task) => {
  const { obeys, vm, message, notify } = task;
  const refused = obeys.refuses?.(message, vm) ?? null;
  takes(task, refused);
  if (refused === null) obeys.acts(machineOf(vm, task), message, notify);
};
/** linux can't refuse: it accepts the order and does nothing. A failed attempt is reported, as in `fails`. */
const refusing = (code: string) => (task: Task) => takes(task, code);

const ways: Readonly<Record<Answering, (task: Task) => void>> = {
  truly: acting((vm) => vm),
  refuses: refusing('Z0016'),
  inMenu: refusing('Z0023'),
  makesDrink: refusing('Z0024'),
  fails: acting(broken),
  // A message that reports the action is as late as the action.
  late: (task) => {
    const { obeys, vm, message, awaited, later } = task;
    const { answers, ...others } = obeys;
    if (answers !== undefined) later(lateness(awaited), () => answers(vm, message, true));
    acting(late)({ ...task, obeys: others });
  },
  never: nothing,
  // Where android reports before acting, its notice has been sent by then. A message would report an action that did not happen.
  restarts: ({ obeys, notify, vm }) => {
    if (obeys.notifies === undefined) notify(null);
    vm.restart();
  },
};

export const answerAs = (way: Answering, task: Task): void => ways[way](task);

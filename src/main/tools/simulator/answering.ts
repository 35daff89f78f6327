/**
 * How a virtual machine answers what it is told to do: truly, or in one of the ways in which real ones do not. Each is a row here and holds
 * for every command: rows of commands say only what a machine does that obeys (shared/virtualMachine.ts).
 */
import type { JsonObject } from '#shared/model/frame';
import type { Answering } from '#shared/model/simulator';
import type { Notify, Obeys, VirtualMachine } from '#shared/virtualMachine';

export interface Told {
  readonly obeys: Obeys;
  readonly vm: VirtualMachine;
  readonly message: JsonObject;
  /** android's word over HTTP; `null`: it takes it. */
  readonly notify: Notify;
  /** ms in which the server waits for its proof, stage by stage. */
  readonly awaited: readonly number[];
  /** After `ms` of real time; a restart does not forget it. */
  readonly later: (ms: number, run: () => void) => void;
}

/** ms after the wait for its proof was given up; and most that a machine is late. */
const lateBy = 5_000;
const latest = 3_600_000;

const nothing = (): void => {};

/** One on which nothing works any more. It still says what it says. */
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

/** ms after the wait for these stages has ended. */
const lateness = (stages: readonly number[]): number =>
  Math.min(
    stages.reduce((sum, within) => sum + within, 0),
    latest,
  ) + lateBy;

/** One that goes at once and comes back late, and does everything else late. When it rinsed, its record says: only that is late. */
function late(vm: VirtualMachine, { awaited, later }: Told): VirtualMachine {
  const ms = lateness(awaited);
  // Its going is the first stage; then the wait begins again.
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
    // Its notice is in time.
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

/** Whether it takes it, as its message and android's notice say. */
function takes({ obeys, vm, message, notify }: Told, failReason: string | null): void {
  obeys.answers?.(vm, message, failReason === null);
  if (obeys.notifies === undefined || (obeys.notifies === 'itself' && failReason !== null))
    notify(failReason);
}

const acting = (machineOf: (vm: VirtualMachine, told: Told) => VirtualMachine) => (told: Told) => {
  const { obeys, vm, message, notify } = told;
  const refused = obeys.refuses?.(message, vm) ?? null;
  takes(told, refused);
  if (refused === null) obeys.acts(machineOf(vm, told), message, notify);
};
/** linux has no word for no: it takes the order and nothing follows. What it has tried and could not do it tells, as `fails` does. */
const refusing = (code: string) => (told: Told) => takes(told, code);

const ways: Readonly<Record<Answering, (told: Told) => void>> = {
  truly: acting((vm) => vm),
  refuses: refusing('Z0016'),
  inMenu: refusing('Z0023'),
  makesDrink: refusing('Z0024'),
  fails: acting(broken),
  // What it says of its acting by a message is as late as that.
  late: (told) => {
    const { obeys, vm, message, awaited, later } = told;
    const { answers, ...others } = obeys;
    if (answers !== undefined) later(lateness(awaited), () => answers(vm, message, true));
    acting(late)({ ...told, obeys: others });
  },
  never: nothing,
  // Of what is reported before it is done, android has sent its notice by then. A message would say that it has acted.
  restarts: ({ obeys, notify, vm }) => {
    if (obeys.notifies === undefined) notify(null);
    vm.restart();
  },
};

export const answerAs = (way: Answering, told: Told): void => ways[way](told);

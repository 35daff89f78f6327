/** How the states of the five-second test are made (truths.ts). */
import type { CommandName } from '#shared/commands/index';
import type { Args } from '#shared/contract/requests/index';
import { dateTimeOf } from '#shared/messages/times';
import type { Answering, Misbehaviour } from '#shared/model/simulator';
import type { Scene } from './site';
import { truths, type Truth } from './truths';

/** The description is the machine's own. */
type Fault = readonly [code: string, description: string, isFatal: boolean];

/** An empty script: its virtual machine sells a drink and stays as it is. */
export interface Script {
  /** When its virtual machine is switched on: at the beginning, by its script, or never. */
  readonly comes?: 'first' | 'later' | 'never';
  /** ms by which its clock is ahead. */
  readonly clockOffset?: number;
  /** Its error two hours ago, after which it went away. */
  readonly earlier?: Fault;
  /** Plans its events, at the beginning. */
  readonly plan?: (scene: Scene) => unknown;
  /** Runs right before its picture. */
  readonly now?: (scene: Scene) => Promise<unknown>;
}

/** Seconds after the beginning: the first drink has been made and paid in cash; and the first picture is taken. */
const sold = 30;
export const firstPicture = 225;

type Plan = NonNullable<Script['plan']>;

const faults =
  (...all: readonly Fault[]): Plan =>
  ({ at, machine: { cabinet } }) =>
    at(sold, () => {
      for (const [code, description, fatal] of all)
        cabinet.setFault({ code, description, fatal, persistent: false });
    });
const misbehaves =
  (what: Misbehaviour, from: number): Plan =>
  ({ at, machine }) =>
    at(from, () => machine.setMisbehaviour(what, true));
const opensDoor: Plan = ({ at, machine }) => at(sold, () => machine.technician.openDoor());
const goes =
  (second: number): Plan =>
  ({ at, machine }) =>
    at(second, () => machine.stop());
const gets =
  (
    name: CommandName,
    input: Args<'command'>['input'],
    second: number,
    answering: Answering = 'truly',
  ): Plan =>
  ({ at, machine, gives }) => {
    machine.answering = answering;
    at(second, () => gives(name, input));
  };
const drink = { productId: 803, strength: 3, milk: 0, sugar: 0 };
const all =
  (...plans: readonly Plan[]): Plan =>
  (scene) => {
    for (const plan of plans) plan(scene);
  };
const seconds = (scene: Scene, count: number): Promise<void> => scene.app.page.waitForTimeout(count * 1_000);
const comesTo = (server: 'refusing' | 'gone') => async (scene: Scene) => {
  await scene.relaysTo(server);
  scene.machine.start();
  await seconds(scene, 4);
};

export const scripts: Readonly<Record<string, Script>> = {
  errorEnded: {
    plan: all(faults(['ERROR:5B00', '接水盘未装好', true]), ({ at, machine }) =>
      at(sold + 20, () => machine.cabinet.endFault('ERROR:5B00')),
    ),
  },
  offline: { plan: goes(firstPicture - 125) },
  noCups: { plan: faults(['ERROR:5300', '缺杯子', true]) },
  doorOpen: { plan: opensDoor },
  wasteWater: { plan: faults(['WARNING:Z0040', '废水桶满', false]) },
  offlineLong: { comes: 'never', earlier: ['ERROR:5300', '缺杯子', true] },
  noLids: { plan: faults(['WARNING:0E01', '缺杯盖', false]) },
  brewing: {
    now: async (scene) => {
      const { machine, deeds, gives } = scene;
      machine.customer.buy({ productId: 810, payment: 'wx_pub', patience: 60_000, brewing: 40_000 });
      let shown = deeds.at(-1);
      for (; shown?.did !== 'showedQr'; shown = deeds.at(-1)) await seconds(scene, 0.1);
      const order = { orderNo: shown.orderNo, amount: 1000, paid: true, payType: 'wx_pub' };
      await gives('payResult', { ...order, productId: 810 });
      await seconds(scene, 2);
    },
  },
  priceZero: {
    plan: ({ at, machine: { cabinet } }) => {
      const order = { payment: 'all', productId: 801, amount: 0, orderNo: `${cabinet.number}-801` };
      at(sold, () => cabinet.report('qrWanted', order));
    },
  },
  wasteBin: { plan: faults(['ERROR:5A00', '废水桶满/渣桶未到位', true]) },
  oneEmpty: {
    plan: ({ at, machine: { cabinet } }) =>
      at(sold, () => cabinet.report('supplies', { amounts: { ...cabinet.supplies, '10016': 0 } })),
  },
  noWater: { plan: faults(['ERROR:5901', '净水缺乏1', true]) },
  severalLow: {
    plan: faults(
      ['WARNING:10009', '咖啡豆不足', false],
      ['WARNING:10016', '糖不足', false],
      ['WARNING:10008', '物料不足', false],
    ),
  },
  cupLeft: { plan: faults(['ERROR:CUP_01', '产品未取走', false]) },
  locked: {
    comes: 'never',
    plan: async ({ scripted }) => {
      const lock = { status: 'machinelock', islock: true, time: dateTimeOf(Date.now()) };
      (await scripted()).says('machinestatus', lock);
    },
  },
  noPaymentDevice: { plan: faults(['EC_4', '无支付设备', false]) },
  coinFault: { plan: faults(['HOPPER_2', '退币器故障', true]) },
  cold: { plan: faults(['ERROR:6100', '锅炉温度过低', true]) },
  motorBlocked: { plan: faults(['ERROR:0888', '料盒电机1堵转', true]) },
  brewerFault: { plan: faults(['ERROR:7701', '咖啡酿造器动作错误1', true]) },
  twoErrors: { plan: faults(['ERROR:5700', '缺咖啡豆', true], ['WARNING:10016', '糖不足', false]) },
  ownWords: { plan: faults(['ERROR:8899', 'steam arm heater over temp', true]) },
  twoMachines: {
    comes: 'never',
    plan: ({ at, scripted }) => {
      for (let turn = 0; turn < 40; turn += 1)
        at(150 + 8 * turn, () =>
          turn % 2 === 0 ? scripted('2.10.33', '127.0.0.2') : scripted('2.8.4', '127.0.0.3'),
        );
    },
  },
  cameBack: {
    plan: goes(180),
    now: async (scene) => {
      scene.machine.start();
      while (scene.machine.status !== 'ready') await seconds(scene, 0.1);
      await seconds(scene, 1);
    },
  },
  noLogin: {
    comes: 'never',
    plan: ({ scripted }) => scripted(null),
  },
  wrongClock: { clockOffset: -7_200_000 },
  brokenJson: {
    comes: 'never',
    plan: async ({ at, scripted }) => {
      const machine = await scripted();
      for (const second of [150, 180, 210]) at(second, () => machine.saysText('{"cmd":}'));
    },
  },
  framesLost: { plan: misbehaves('sequenceGap', 150) },
  refused: { plan: gets('openDoor', { spelling: 'opendoor' }, firstPicture - 10, 'inMenu') },
  noAnswer: { plan: gets('queryStatus', {}, firstPicture - 50, 'never') },
  waiting: { plan: all(goes(firstPicture - 60), gets('reboot', {}, firstPicture - 20)) },
  ordered: {
    now: async (scene) => {
      await scene.gives('makeDrink', drink);
      await seconds(scene, 2);
    },
  },
  orderFailed: { plan: gets('makeDrink', drink, firstPicture - 40, 'fails') },
  rehearsed: {
    comes: 'never',
    plan: async ({ ask, vmcNo, at, scripted }) => {
      await ask('setMachine', { vmcNo, patch: { qrAnswers: 'approve' } });
      const machine = await scripted();
      at(firstPicture + 30, () => machine.asks(`${vmcNo}-810`));
    },
  },
  downloading: {
    plan: (scene) =>
      scene.at(firstPicture, () => scene.gives('upgrade', { packageId: scene.packages.large })),
  },
  notProven: {
    plan: ({ at, machine, gives, packages }) =>
      at(firstPicture - 60, () => {
        // A program that is busy does not install.
        machine.cabinet.set({ isBrewing: true });
        return gives('upgrade', { packageId: packages.small });
      }),
  },
  noEffect: {
    plan: all(
      misbehaves('upgradeNotApplied', 0),
      // It connects again, so that its count of logins proves the restart.
      misbehaves('wrongSign', sold),
      (scene) =>
        scene.at(firstPicture - 60, () => scene.gives('upgrade', { packageId: scene.packages.small })),
    ),
  },
  restarting: {
    now: async (scene) => {
      await scene.gives('reboot');
      while (scene.machine.status === 'ready') await seconds(scene, 0.1);
      await seconds(scene, 2);
    },
  },
  soldOut: { plan: faults(['ERROR:9998', '全部售罄', true]) },
  sixProblems: {
    plan: all(
      opensDoor,
      faults(
        ['ERROR:5300', '缺杯子', true],
        ['ERROR:5901', '净水缺乏1', true],
        ['ERROR:5A00', '废水桶满/渣桶未到位', true],
        ['WARNING:10009', '咖啡豆不足', false],
        ['WARNING:10016', '糖不足', false],
      ),
    ),
  },
  loginRefused: { comes: 'later', now: comesTo('refusing') },
  serverGone: { comes: 'later', now: comesTo('gone') },
};

export interface GlanceState {
  readonly truth: Truth;
  readonly script: Script;
}
export const glanceStates: readonly GlanceState[] = truths.map((truth) => ({
  truth,
  script: scripts[truth.state] ?? {},
}));

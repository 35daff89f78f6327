/** Observed messages with nothing known but their names [field]. The window names them, but never offers them. */
import type { JsonObject } from '../model/json';
import type { VirtualMachine } from '../virtualMachine';
import { toText } from './field';
import { fromMachine, toMachine } from './row';

const row = { source: 'field', fields: {}, example: { vmc_no: 33_232 } } as const;
/** Their effect on a machine is unknown. */
const ours = { ...row, risk: () => null };
/** linux restarts for these two, and checks the number of the first only [field3]. */
const restarts = (vm: VirtualMachine, message: JsonObject, isOwn: boolean): void => {
  if (vm.platform === 'linux' && (!isOwn || vm.isOwn(message))) vm.restart();
};

export const barcode = fromMachine('barcode', row);
export const facepay = fromMachine('facepay', row);

export const url_r = toMachine('url_r', {
  ...ours,
  virtual: (vm, { order_no: order, qr_type: type, qrcode }) =>
    vm.showQr({ orderNo: toText(order), type: toText(type), text: toText(qrcode) }),
});
export const openminidoor = toMachine('openminidoor', ours);
export const bottommenu = toMachine('bottommenu', {
  ...ours,
  virtual: (vm, message) => restarts(vm, message, true),
});
export const screensaver = toMachine('screensaver', ours);
export const clearscreensaver = toMachine('clearscreensaver', {
  ...ours,
  virtual: (vm, message) => restarts(vm, message, false),
});
export const passwords = toMachine('passwords', ours);
export const shutdown = toMachine('shutdown', ours);

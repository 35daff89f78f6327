import type { FrameRow } from '#shared/model/frame';
import type { Fault } from '#shared/model/history';
import type { MachineRow } from '#shared/model/machine';

/** A healthy machine, heard at 0. */
export const row = (vmcNo: number, over: Partial<MachineRow> = {}): MachineRow => ({
  vmcNo,
  name: '',
  platform: 'linux',
  version: '1.2.8.8',
  online: true,
  address: '192.168.1.7',
  since: 0,
  lastHeard: 0,
  restarting: null,
  doorOpen: false,
  cupBlocked: false,
  worst: null,
  errorCount: 0,
  findingCount: 0,
  virtual: false,
  ...over,
});

export const frame = (id: number, over: Partial<FrameRow> = {}): FrameRow => ({
  id,
  at: 0,
  conn: 1,
  vmcNo: 33232,
  kind: 'frame',
  dir: 'in',
  head: 'decimal',
  cmd: 'hb',
  size: 39,
  text: '{"cmd":"hb","vmc_no":33232}',
  findings: [],
  ...over,
});

/** An active error, set at its own number. */
export const fault = (id: number, over: Partial<Fault> = {}): Fault => ({
  id,
  vmcNo: 33232,
  code: 'ERROR:5300',
  description: null,
  setAt: id,
  clearedAt: null,
  clearedEntry: null,
  clearedBy: null,
  times: 1,
  isFatal: true,
  isPersistent: false,
  ...over,
});

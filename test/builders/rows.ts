import type { AuditFilter } from '#shared/model/audit';
import type { FrameDetail, FrameRow } from '#shared/model/frame';
import type { Command } from '#shared/model/command';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { JsonObject } from '#shared/model/json';
import { nothingKnown, type MachineRow, type MachineState } from '#shared/model/machine';
import { noStory, type UpgradePackage } from '#shared/model/upgrade';
import { frame as bytesOf } from './frames';

/** Lets every line of the audit trail pass. */
export const everyLine: AuditFilter = {
  text: '',
  acts: [],
  commands: [],
  vmcNo: null,
  result: 'all',
  from: null,
  to: null,
};

/** A healthy machine, last heard at 0. */
export const row = (vmcNo: number, over: Partial<MachineRow> = {}): MachineRow => ({
  vmcNo,
  name: '',
  place: '',
  model: '',
  platform: 'linux',
  version: '1.2.8.8',
  ioVersion: null,
  login: { at: 0, entry: 1 },
  doubts: [],
  online: true,
  address: '192.168.1.7',
  since: 0,
  gone: null,
  lastHeard: 0,
  lastBeat: over.lastHeard ?? 0,
  link: { loopFrom: null, loopTo: null, noLogin: null, refused: null, halfFrame: null, shared: null },
  restarting: null,
  doorOpen: false,
  cupBlocked: false,
  locked: false,
  worst: null,
  closed: null,
  errorCount: 0,
  findingCount: 0,
  virtual: false,
  verification: 'unverifiable',
  claim: null,
  ...over,
});

/** An offline machine without further data. */
export const machineState = (vmcNo: number, over: Partial<MachineState> = {}): MachineState => ({
  vmcNo,
  link: { status: 'offline', since: 0, reason: 'reset', address: null },
  ...nothingKnown,
  connections: 1,
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

/** An active error, set at the time equal to its number. */
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

/** An unanswered QR request, opened at the time equal to its number. */
export const order = (entry: number, over: Partial<OrderRecord> = {}): OrderRecord => ({
  vmcNo: 33232,
  orderNo: `N${entry}`,
  entry,
  at: entry,
  heardAt: entry,
  isWhole: true,
  productId: 810,
  productName: null,
  amount: 1000,
  payType: null,
  qrType: 'all',
  asked: null,
  checked: null,
  qr: {},
  answered: null,
  told: [],
  payment: null,
  acknowledged: null,
  done: null,
  state: 'requested',
  failReason: null,
  recipe: null,
  parts: {},
  consumed: {},
  used: null,
  doneTimes: 0,
  lastDone: 0,
  lastDoneAt: null,
  isVirtual: false,
  ...over,
});

/** An upgrade that was sent, without any effect yet. */
export const upgrade = (id: number, over: Partial<Command> = {}): Command => ({
  id,
  vmcNo: 33232,
  name: 'upgrade',
  stage: 0,
  input: {
    packageId: 'a'.repeat(64),
    version: '1.2.9.1',
    fileName: 'vendui-1.2.9.1.zip',
    field: 'version',
  },
  state: 'sent',
  createdAt: 0,
  sentAt: 0,
  endedAt: null,
  until: 3_600_000,
  sessionId: '1',
  platform: 'linux',
  conn: 1,
  steps: [{ what: 'sent', at: 0, entry: 7, params: {} }],
  awaited: [],
  ...over,
});

/** A reboot that was sent, without any effect yet. */
export const command = (id: number, over: Partial<Command> = {}): Command =>
  upgrade(id, { name: 'reboot', input: {}, until: 300_000, ...over });

/** An opened frame with this body. */
export function detail(json: JsonObject, over: Partial<FrameDetail> = {}): FrameDetail {
  const text = JSON.stringify(json);
  const bytes = new Uint8Array(bytesOf(text));
  const cmd = typeof json['cmd'] === 'string' ? json['cmd'] : null;
  const base = frame(7, { cmd, size: bytes.length });
  return { ...base, bytes, bodyStart: 12, sequence: null, fullText: text, json, journal: null, ...over };
}

export const pkg = (over: Partial<UpgradePackage> = {}): UpgradePackage => ({
  id: 'a'.repeat(64),
  fileName: 'vendui-1.2.9.1.zip',
  size: 1000,
  md5: 'b'.repeat(32),
  addedAt: 0,
  members: 1,
  unpackedSize: 1000,
  version: '1.2.9.1',
  platform: 'linux',
  androidType: null,
  pathStyle: 'absolute',
  ...noStory,
  ...over,
});

/** A body's object as the message it is. Wire names, spellings and sources: docs/protocol.md, "Machine to server". */
import type { Finding } from '#shared/findings';
import type { JsonObject } from '#shared/model/frame';
import type {
  CheckOrderMessage,
  ErrorMessage,
  LoginMessage,
  MachineMessage,
  MachineStatusMessage,
  PayDoneReplyMessage,
  ProductDoneMessage,
  QrCodeMessage,
  QueryReplyMessage,
  RinsingRecordMessage,
} from '#shared/model/message';
import { Fields, toText } from './fields';

const noFindings: readonly Finding[] = [];

/**
 * Reads a machine's message. Findings: `field.missing` and `field.invalid` for members that the document defines for it (and a
 * bad `vmc_no` anywhere), `cmd.unknown`. `null` (an unreadable body) is an unknown message without a finding of its own.
 */
export function readMessage(json: JsonObject | null): {
  message: MachineMessage;
  findings: readonly Finding[];
} {
  if (json === null) return { message: { cmd: 'unknown', name: null, vmcNo: null }, findings: noFindings };
  const fields = new Fields(json);
  const message = read(fields);
  return { message, findings: fields.findings.length === 0 ? noFindings : fields.findings };
}

function read(fields: Fields): MachineMessage {
  const name = toText(fields.value(['cmd']) ?? null);
  switch (name?.toLowerCase()) {
    case 'hb':
      return { cmd: 'hb', vmcNo: fields.vmcNo('doc') };
    case 'login':
      return readLogin(fields);
    case 'machinestatus':
      return readMachineStatus(fields);
    case 'error':
      return readError(fields);
    case 'qrcode':
      return readQrCode(fields);
    case 'productdone':
      return readProductDone(fields);
    case 'checkorder':
      return readCheckOrder(fields);
    case 'rinsingrecord':
      return readRinsingRecord(fields);
    case 'paydone_r':
    case 'pay_done_r':
      return readPayDoneReply(fields);
    case 'statusquery':
    case 'statusquery_r':
      return readQueryReply(fields, 'statusquery_r');
    case 'querysupplies':
    case 'querysupplies_r':
      return readQueryReply(fields, 'querysupplies_r');
    case 'feedrecord':
      return { cmd: 'feedrecord', vmcNo: fields.vmcNo('field') };
    case 'upordrecipe':
      return { cmd: 'upordrecipe', vmcNo: fields.vmcNo('field') };
    default:
      return readUnknown(fields, name);
  }
}

function readUnknown(fields: Fields, name: string | null): MachineMessage {
  const cmd = fields.value(['cmd']);
  if (name !== null) fields.findings.push({ code: 'cmd.unknown', params: { cmd: name.slice(0, 60) } });
  else if (cmd === undefined) fields.missing('cmd');
  else fields.invalid('cmd', cmd);
  return { cmd: 'unknown', name, vmcNo: fields.vmcNo('field') };
}

/** Members of a login that only android machines send [field]; those send no `linuxDriverVersion`. */
const androidMembers = ['io_version', 'comp_id', 'login_count'] as const;

function readLogin(fields: Fields): LoginMessage {
  const isAndroid = androidMembers.some((name) => fields.value([name]) !== undefined);
  return {
    cmd: 'login',
    vmcNo: fields.vmcNo('doc'),
    timestamp: fields.text('doc', 'timestamp'),
    sign: fields.remark('doc', 'sign'),
    version: fields.text('doc', 'version'),
    driverVersion: fields.text(isAndroid ? 'field' : 'doc', 'linuxDriverVersion'),
    ioVersion: fields.text('field', 'io_version'),
    model: fields.text('field', 'vmc_model'),
    loginCount: fields.integer('field', 'login_count'),
    compId: fields.text('field', 'comp_id'),
    boards: fields.texts(
      (key) => /version/i.test(key) && !/^(?:version|linux_?driver_?version|io_?version)$/i.test(key),
    ),
  };
}

function readMachineStatus(fields: Fields): MachineStatusMessage {
  return {
    cmd: 'machinestatus',
    vmcNo: fields.vmcNo('doc'),
    status: fields.text('doc', 'status')?.toLowerCase() ?? null,
    supply: readSupply(fields),
    locked: fields.flag('field', 'islock', 'locked'),
    time: fields.text('field', 'time', 'datetime', 'timestamp'),
  };
}

function readSupply(fields: Fields): Readonly<Record<string, string>> | null {
  const supply = fields.value(['supply', 'supplys', 'supplies']);
  if (typeof supply !== 'object' || supply === null || Array.isArray(supply)) return null;
  return new Fields(supply as JsonObject).texts(() => true);
}

function readError(fields: Fields): ErrorMessage {
  return {
    cmd: 'error',
    vmcNo: fields.vmcNo('doc'),
    code: fields.text('doc', 'error_code'),
    description: fields.remark('doc', 'error_description'),
    isSet: fields.flag('doc', 'isSet'),
    isFatal: fields.flag('doc', 'is_fatal_error'),
    // [field] three spellings were seen
    isPersistent: fields.flag('doc', 'is_persistence_error', 'is_pessistance_error', 'is_persistance_error'),
    datetime: fields.text('doc', 'datetime'),
  };
}

function readQrCode(fields: Fields): QrCodeMessage {
  return {
    cmd: 'qrcode',
    vmcNo: fields.vmcNo('doc'),
    qrType: fields.text('doc', 'qr_type'),
    productId: fields.integer('doc', 'product_id'),
    amount: fields.integer('doc', 'Amount', 'product_amount'),
    orderNo: fields.text('doc', 'order_no'),
  };
}

function readProductDone(fields: Fields): ProductDoneMessage {
  return {
    cmd: 'productdone',
    vmcNo: fields.vmcNo('doc'),
    productName: fields.remark('doc', 'ProductName'),
    productId: fields.integer('doc', 'ProductId'),
    amount: fields.integer('doc', 'ProductAmount', 'Amount'),
    payType: fields.remark('doc', 'PayType'),
    isOk: fields.flag('doc', 'isok'),
    orderNo: fields.text('doc', 'order_no'),
    timestamp: fields.text('field', 'timestamp'),
    nameKey: fields.text('field', 'nameKey'),
    resendTimes: fields.integer('field', 'order_resend_times'),
    failReason: fields.text('field', 'failreason'),
  };
}

function readCheckOrder(fields: Fields): CheckOrderMessage {
  return {
    cmd: 'checkorder',
    vmcNo: fields.vmcNo('field'),
    orderNo: fields.text('field', 'order_no'),
    productId: fields.integer('field', 'product_id'),
  };
}

function readRinsingRecord(fields: Fields): RinsingRecordMessage {
  const cUid = fields.value(['c_uid']);
  return {
    cmd: 'rinsingrecord',
    vmcNo: fields.vmcNo('field'),
    cUid: typeof cUid === 'string' || typeof cUid === 'number' ? cUid : null,
    isOk: fields.flag('field', 'isok'),
    rinsingCode: fields.text('field', 'rinsing_code'),
    timestamp: fields.text('field', 'timestamp'),
  };
}

function readPayDoneReply(fields: Fields): PayDoneReplyMessage {
  return { cmd: 'paydone_r', vmcNo: fields.vmcNo('field'), orderNo: fields.text('field', 'order_no') };
}

function readQueryReply(fields: Fields, cmd: QueryReplyMessage['cmd']): QueryReplyMessage {
  return {
    cmd,
    vmcNo: fields.vmcNo('field'),
    status: fields.text('field', 'status')?.toLowerCase() ?? null,
    supply: readSupply(fields),
  };
}

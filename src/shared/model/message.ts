/**
 * What machines say and what we say, after reading. Field names on the wire are kept in docs/protocol.md; here they have one
 * spelling each. `null` means the member was missing or unusable. Amounts are in fen (1/100 yuan).
 */
import type { JsonObject } from './json';

interface Base {
  readonly vmcNo: number | null;
}
export interface HeartbeatMessage extends Base {
  readonly cmd: 'hb';
}
export interface LoginMessage extends Base {
  readonly cmd: 'login';
  /** yyyyMMdd, as text because the sign is made over the text. */
  readonly timestamp: string | null;
  readonly sign: string | null;
  readonly version: string | null;
  /** `linuxDriverVersion` of linux machines. */
  readonly driverVersion: string | null;
  /** `io_version` of android machines. */
  readonly ioVersion: string | null;
  /** `vmc_model` of android machines. */
  readonly model: string | null;
  readonly loginCount: number | null;
  readonly compId: string | null;
  /** Every other `*version*` member, by its wire name. */
  readonly boards: Readonly<Record<string, string>>;
}
/** Known `status` values; others are kept as they came. */
export type MachineStatusWord =
  'clearerror' | 'cupblock' | 'dooropen' | 'doorclose' | 'supply' | 'machinelock' | (string & {});
export interface MachineStatusMessage extends Base {
  readonly cmd: 'machinestatus';
  readonly status: MachineStatusWord | null;
  /** Material id to amount as it came (amounts are strings; 9999 and 100000 are sentinels). */
  readonly supply: Readonly<Record<string, string>> | null;
  readonly locked: boolean | null;
  readonly time: string | null;
}
export interface ErrorMessage extends Base {
  readonly cmd: 'error';
  readonly code: string | null;
  readonly description: string | null;
  readonly isSet: boolean | null;
  readonly isFatal: boolean | null;
  readonly isPersistent: boolean | null;
  readonly datetime: string | null;
}
export interface QrCodeMessage extends Base {
  readonly cmd: 'qrcode';
  readonly qrType: string | null;
  readonly productId: number | null;
  readonly amount: number | null;
  readonly orderNo: string | null;
}
export interface ProductDoneMessage extends Base {
  readonly cmd: 'productdone';
  readonly productName: string | null;
  readonly productId: number | null;
  readonly amount: number | null;
  readonly payType: string | null;
  readonly isOk: boolean | null;
  readonly orderNo: string | null;
  readonly timestamp: string | null;
  readonly nameKey: string | null;
  readonly resendTimes: number | null;
  readonly failReason: string | null;
}
export interface CheckOrderMessage extends Base {
  readonly cmd: 'checkorder';
  readonly orderNo: string | null;
  readonly productId: number | null;
}
export interface RinsingRecordMessage extends Base {
  readonly cmd: 'rinsingrecord';
  /** Echoed in the answer exactly as it came, number or text. */
  readonly cUid: string | number | null;
  readonly isOk: boolean | null;
  readonly rinsingCode: string | null;
  readonly timestamp: string | null;
}
export interface PayDoneReplyMessage extends Base {
  readonly cmd: 'paydone_r';
  readonly orderNo: string | null;
}
/** Replies to our status and supply queries; whatever they carry is read like a machinestatus. */
export interface QueryReplyMessage extends Base {
  readonly cmd: 'statusquery_r' | 'querysupplies_r';
  readonly status: MachineStatusWord | null;
  readonly supply: Readonly<Record<string, string>> | null;
}
/** Records that only want an acknowledgement. */
export interface RecordMessage extends Base {
  readonly cmd: 'feedrecord' | 'upordrecipe';
}
/** A body we do not know, one without a `cmd`, or one that is no object at all (`name` null). */
export interface UnknownMessage extends Base {
  readonly cmd: 'unknown';
  readonly name: string | null;
}
/** Machine to server. */
export type MachineMessage =
  | HeartbeatMessage
  | LoginMessage
  | MachineStatusMessage
  | ErrorMessage
  | QrCodeMessage
  | ProductDoneMessage
  | CheckOrderMessage
  | RinsingRecordMessage
  | PayDoneReplyMessage
  | QueryReplyMessage
  | RecordMessage
  | UnknownMessage;

/** Server to machine, exactly as written on the wire, members in the order they are sent. */
export type ServerMessage =
  /** Sent by a person's hand, and no message of ours; `name` is its `cmd`, if it has one. */
  | { readonly cmd: ''; readonly name: string | null }
  | { readonly cmd: 'hb'; readonly vmc_no?: number }
  | {
      readonly cmd: 'login_r';
      readonly vmc_no: number;
      readonly date_time: string;
      readonly ret: number;
      readonly carrier_code?: string;
      readonly server_list?: string;
    }
  | { readonly cmd: 'error_r'; readonly vmc_no: number }
  | {
      readonly cmd: 'qrcode_r';
      readonly vmc_no: number;
      readonly qr_type: string;
      readonly qrcode: string;
      readonly order_no: string;
    }
  | { readonly cmd: 'productdone_r'; readonly vmc_no: number; readonly order_no: string; readonly isOk: true }
  | {
      readonly cmd: 'checkorder_r';
      readonly vmc_no: number;
      readonly order_no: string;
      readonly product_id: number;
      readonly Amount: number;
      readonly paytype: string;
      readonly paydone: boolean;
    }
  | { readonly cmd: 'rinsingrecord_r'; readonly c_uid: string | number; readonly vmc_no: number }
  | { readonly cmd: 'feedrecord_r' | 'upordrecipe_r'; readonly vmc_no: number }
  | {
      readonly cmd: 'pay_done';
      readonly vmc_no: number;
      readonly product_amount: number;
      readonly order_no: string;
      readonly paydone: boolean;
      readonly paytype: string;
    }
  | {
      readonly cmd: 'products';
      readonly vmc_no: number;
      readonly product_id: number;
      readonly fastcode: number;
      readonly paydone: true;
      readonly paytype: 'fastcode';
    }
  | {
      readonly cmd: 'reboot' | 'opendoor' | 'door open' | 'rinsing' | 'statusquery' | 'querysupplies';
      readonly vmc_no: number;
    }
  | {
      readonly cmd: 'priceset';
      readonly vmc_no: number;
      readonly price: readonly (readonly [productId: number, price: number, type: number])[];
    }
  | { readonly cmd: 'discount'; readonly vmc_no: number; readonly discount: number }
  | {
      readonly cmd: 'upgrade';
      readonly vmc_no: number;
      readonly dir: string;
      readonly type?: string;
      readonly session_id?: string;
    }
  | ({
      readonly cmd: 'remote';
      readonly vmc_no: number;
      readonly operation: string;
      readonly session_id: string;
    } & JsonObject);

/** A body as it is written to a machine: members under their wire names, in the order they are sent. */
export type WireMessage = { readonly cmd: string } & JsonObject;

/** What a journal line carries: what was read from a machine, or what we sent. */
export type Message =
  | { readonly from: 'machine'; readonly body: MachineMessage }
  | { readonly from: 'server'; readonly body: ServerMessage };

/** The `cmd` member as it was written; of messages we have no word for, the word they came with. */
export function cmdOfMessage({ body }: Message): string | null {
  return body.cmd === 'unknown' || body.cmd === '' ? body.name : body.cmd;
}

/** What a machine is answered, by reply profile. Sources in docs/protocol.md, "Machine to server". */
import type { MachineMessage, ServerMessage } from '#shared/model/message';
import type { MachineState, QrAnswers, ReplyProfile } from '#shared/model/machine';
import { testQr } from '#shared/catalog/testQr';
import { orderOf } from '#shared/model/order';

export interface ReplyContext {
  readonly vmcNo: number;
  readonly profile: ReplyProfile;
  readonly machine: MachineState | null;
  /** Payment types answered to `all`, in this order. */
  readonly paymentTypes: readonly string[];
  readonly qrAnswers: QrAnswers;
  /** login_r's ret: 0 unless a person chose otherwise. */
  readonly ret: number;
  readonly now: number;
}

/** `yyyy-MM-dd HH:mm:ss` in this computer's time zone [doc]; it sets the machine's clock [field]. */
export function wireTime(now: number): string {
  const t = new Date(now);
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = `${t.getFullYear()}-${two(t.getMonth() + 1)}-${two(t.getDate())}`;
  return `${date} ${two(t.getHours())}:${two(t.getMinutes())}:${two(t.getSeconds())}`;
}

/** The answers to one message, in the order they are sent. */
export function repliesTo(message: MachineMessage, ctx: ReplyContext): readonly ServerMessage[] {
  const { vmcNo, profile } = ctx;
  const documentOnly = profile === 'document';
  switch (message.cmd) {
    case 'hb':
      // android drops any message without its own number [field].
      return [documentOnly ? { cmd: 'hb' } : { cmd: 'hb', vmc_no: vmcNo }];
    case 'login':
      return [{ cmd: 'login_r', vmc_no: vmcNo, date_time: wireTime(ctx.now), ret: ctx.ret }];
    case 'qrcode':
      return qrReplies(message, ctx);
    case 'error':
      return documentOnly ? [] : [{ cmd: 'error_r', vmc_no: vmcNo }];
    case 'productdone':
      if (documentOnly || message.orderNo === null) return [];
      return [{ cmd: 'productdone_r', vmc_no: vmcNo, order_no: message.orderNo, isOk: true }];
    case 'checkorder': {
      if (documentOnly || message.orderNo === null) return [];
      const order = orderOf(ctx.machine?.orders ?? [], message.orderNo);
      const payment = order?.payment?.value;
      return [
        {
          cmd: 'checkorder_r',
          vmc_no: vmcNo,
          order_no: message.orderNo,
          product_id: message.productId ?? order?.productId ?? 0,
          Amount: order?.amount ?? 0,
          paytype: payment?.payType ?? order?.payType ?? '',
          // Paid is what a person said here; of any other payment we know nothing and claim nothing.
          paydone: payment?.paid === true,
        },
      ];
    }
    case 'rinsingrecord':
      if (documentOnly || message.cUid === null) return [];
      return [{ cmd: 'rinsingrecord_r', c_uid: message.cUid, vmc_no: vmcNo }];
    case 'feedrecord':
    case 'upordrecipe':
      return documentOnly ? [] : [{ cmd: `${message.cmd}_r`, vmc_no: vmcNo }];
    case 'machinestatus':
    case 'paydone_r':
    case 'statusquery_r':
    case 'querysupplies_r':
    case 'unknown':
      return [];
  }
}

function qrReplies(
  message: Extract<MachineMessage, { cmd: 'qrcode' }>,
  ctx: ReplyContext,
): readonly ServerMessage[] {
  const { orderNo } = message;
  if (orderNo === null) return [];
  const known = orderOf(ctx.machine?.orders ?? [], orderNo)?.qr ?? {};
  const isAll = message.qrType === null || message.qrType.toLowerCase() === 'all';
  if (ctx.qrAnswers === 'hand') {
    // Asked again, it gets what a person answered before; until then nothing.
    return Object.entries(known)
      .filter(([type]) => isAll || type === message.qrType)
      .map(([type, text]) => qrReply(ctx.vmcNo, type, text, orderNo));
  }
  const types = isAll ? ctx.paymentTypes : [message.qrType];
  return types.map((type) => {
    const given = Object.hasOwn(known, type) ? known[type] : undefined;
    return qrReply(ctx.vmcNo, type, given ?? testQr(ctx.vmcNo, orderNo, type, message.amount), orderNo);
  });
}

function qrReply(vmcNo: number, qrType: string, text: string, orderNo: string): ServerMessage {
  return { cmd: 'qrcode_r', vmc_no: vmcNo, qr_type: qrType, qrcode: text, order_no: orderNo };
}

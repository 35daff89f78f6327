/** 任何指令都有的文字：影响、状态、步骤，以及不能下发的原因。 */
import type { anyCommand as en } from '../en/anyCommand';
import type { Shape } from '../shape';

export const anyCommand: Shape<typeof en> = {
  /** 对机器或货款的影响。 */
  commandRisk: {
    none: '对机器没有影响。',
    opens: '门锁会打开。',
    dispenses: '会流出热水或热饮。',
    restarts: '机器会重启，约一分钟内不能出货。',
    reconnects: '机器会断开并重新连接服务器列表中的第一个地址，可能转到别的服务器。',
    pays: '机器会认为订单已有支付结果。',
    reprices: '顾客按新的金额付款。',
  },
  commandState: {
    queued: { name: '排队中', note: '还没有发送：机器未连接，或另一条指令在前。' },
    sent: { name: '已发送', note: '已发给机器，还没有消息证明它已执行。' },
    confirmed: { name: '已确认', note: '指令之后，机器自己上报了所要的结果。' },
    failed: { name: '失败', note: '没有执行，或只执行了一部分，原因见步骤。' },
    expired: { name: '超时未确认', note: '已发送，但没有在限时内收到证明。也可能已经执行，请到现场确认。' },
    unconfirmable: { name: '无法确认', note: '已发送。这类机器不上报此结果，只能到现场确认。' },
    cancelled: { name: '已撤回', note: '发送前已撤回。' },
    unsent: {
      name: '未发送',
      note: '机器没有在限时内连接，或前面的指令还没有结束，或 Crema 已关闭，什么都没有发送。',
    },
    stopped: { name: '不再等待', note: '指令已发送，也可能已经执行；之后收到证明仍会记录并告知。' },
    replaced: { name: '已改发', note: '同一指令已重新下发，以新的一条为准。' },
  },
  commandStep: {
    queued: '机器未连接',
    waitsFor: '等“{{behind}}”结束后再发',
    notNow: '没有发送：{{reason}}',
    sent: '已发送',
    notOnPlatform: '没有发送：{{platform}} 机器程序没有这条指令',
    notOffered: '没有发送：机器取不到升级包，{{reason}}',
    refusedTooLong: '没有发送：{{bytes}} 超过一帧的上限',
    sendFailed: '发送途中连接断开',
    sentPartly: '发出 {{written}} / {{frames}} 帧后连接断开：已发出的内容可能已生效',
    connectionClosed: '连接断开',
    loggedIn: '指令之后已重启并登录',
    cameBack: '重新连接，但没有重启',
    drinkMade: '制作成功：产品 {{productId}}，订单号 {{orderNo}}',
    drinkFailed: '制作失败：{{reason}}',
    amountSeen: '产品 {{productId}} 的售价为 {{amount}}',
    amountUnclear: '产品 {{productId}} 的售价为 {{amount}}：也可能另有原因，不能作为证明',
    amountDiffers: '产品 {{productId}} 的售价为 {{amount}}，而不是 {{expected}}',
    accepted: '机器已接受，还没有执行完',
    machineSaidDone: '机器回报已完成',
    machineSaidFailed: '机器回报失败：{{reason}}',
    replaced: '已重新发送，不再等待',
    noProof: '没有收到任何证明',
    stoppedWaiting: '不再等待',
    late: '证明来迟了：放弃等待 {{waited}}后才收到',
    notSent: '机器没有在限时内连接',
    notItsTurn: '没有发送：“{{behind}}”没有在限时内结束',
    cannotProve: '机器不上报此结果',
    cancelled: '已撤回',
    cremaClosed: '发送前 Crema 已关闭',
  },
  commandStepMore: {
    loggedIn: '指令之后已重启并登录，版本 {{version}}',
    times: '{{step}}（{{count, number}} 次）',
    noReason: '没有说明原因',
    connection: '等待机器连接',
    turn: '等待轮到它',
  },
  commandStop: {
    takeBack: { name: '撤回', note: '还没有发送。' },
    stopWaiting: { name: '不再等待', note: '指令已经发出，无法撤回；之后收到证明仍会告知。' },
  },
  /** Why its package could not be offered. */
  commandOffer: {
    updatesOff: 'Crema 没有监听升级下载',
    updatesUnreachable: '机器所连的地址上没有监听升级下载',
    unknownPackage: '升级包已移除',
    other: '升级包还不能下发',
  },
  /** 按指令的参数生成的表单。 */
  commandForm: {
    whole: '{{min}} 到 {{max}} 的整数。',
    sold: '近期售出',
  },
  commandHindrance: {
    alreadyRunning: '同一指令正在进行，见标题下方。',
    notOnPlatform: '{{platform}} 机器程序没有这条指令。',
    doorOpen: '门开着。',
    cupInPlace: '杯子滞留，没有取走。',
    inFault: '机器无法出货：{{error}}（{{code}}）。',
    inFaultUnconfirmed: '机器无法出货：{{error}}（{{code}}），重新连接后尚未确认。',
    suppliesGone: '{{material}}已用完。',
  },
};

/** 虚拟机器可以模拟的异常行为。 */
import type { virtualMachines as en } from '../en/virtualMachines';
import type { Shape } from '../shape';

export const virtualMachines: Shape<typeof en> = {
  misbehave: {
    menu: '模拟异常',
    label: '这台虚拟机器的异常行为',
    off: '恢复正常',
    headUnrecognised: '发送无法识别的帧头',
    headLengthWrong: '帧头长度写错',
    headLengthInChars: '长度按字符数而非字节数',
    headMissing: '不带帧头，只发 JSON',
    headSwitched: '两种帧头来回切换',
    jsonTrailingComma: 'JSON 末尾多一个逗号',
    jsonMissingComma: 'JSON 缺一个逗号',
    jsonComment: 'JSON 中夹带注释',
    jsonCut: 'JSON 断成两截',
    jsonStraySpaces: '值里有多余空格',
    textGb18030: '中文用 GB18030 编码',
    junkBefore: '帧前夹带无法识别的字节',
    splitSends: '一帧分多次发送',
    slowSends: '逐字节慢速发送',
    mergedSends: '多帧合并发送',
    sequenceGap: '跳过序号',
    silence: '不再发消息',
    reset: '强制断开连接',
    halfFrame: '只发半帧',
    flood: '大量发送',
    duplicateNumber: '用同一编号连接两次',
    wrongSign: '登录签名错误',
    neverAcknowledged: '当作从未收到确认',
  },
};

/** 诊断规则：数据帧与登录。 */
import { longestTaken } from '#shared/limits';
import type { rulesOfFrames as en } from '../en/diagnosisFrames';
import type { Shape } from '../shape';

export const rulesOfFrames: Shape<typeof en> = {
  halfFrames: {
    says: '收到的数据帧不完整。',
    leads: '缺少的数据已丢失；30秒后连接会被关闭。',
    causes: {
      line: {
        why: '线路质量差，或中间设备截断了数据。',
        todo: '检查网线和 Wi-Fi；去掉中继或代理后再比较。',
      },
    },
  },
  framesLost: {
    says: '机器的数据帧有缺失，没收到{{missing}}。',
    leads: '这里可能缺少订单、故障或余量。',
    causes: {
      line: {
        why: '机器发送时没有连接，或发给了另一台服务器。',
        todo: '检查网络；与机器核对今天的订单，这里可能缺几单。',
      },
    },
  },
  clockWrong: {
    says: '机器上报的日期是 {{machine}}，当时电脑日期是 {{here}}。',
    leads: '订单时间不准。',
    causes: {
      computer: { why: '这台电脑的时钟不对。', todo: '先校准电脑时钟，再连接机器。' },
      neverSet: {
        why: '机器时钟从未设置，或纽扣电池没电。',
        todo: '下次断电后再看日期，又不对就换时钟电池。这次登录时已自动校准。',
      },
      neverSetAndroid: {
        why: '机器时钟从未设置，或纽扣电池没电。',
        todo: '在机器屏幕的设置里校准日期和时间。如果断电后又不对，请更换时钟电池。',
      },
      either: { why: '两个时钟有一个不对。', todo: '与可靠的时钟比较，校准不对的那个。' },
    },
  },
  clockOff: {
    says: '机器时钟比这台电脑{{deviation}}。',
    leads: '订单和记录的时间不准。',
    causes: {
      zone: { why: '机器和电脑的时区可能不同。', todo: '核对机器和这台电脑的时间、时区，哪个错改哪个。' },
      either: { why: '两个时钟有一个不对。', todo: '与可靠的时钟比较，校准不对的那个。' },
    },
  },
  signMismatch: {
    says: '机器登录时用的是另一个验证码。',
    leads: '由 Crema 应答时，除非设置为拒绝，否则仍予放行。',
    causes: {
      program: {
        why: '机器里输入的是另一个验证码，或程序有自己的签名方式：安卓机器发送固定值。',
        todo: '核对机器屏幕菜单里的验证码和这里“设置”中保存的，哪个错改哪个。',
      },
    },
  },
  signAbsent: {
    says: '已保存验证码，但登录包中没有签名。',
    leads: '知道编号的人都可以冒充这台机器登录。',
    causes: {
      program: {
        why: '机器里没有输入验证码，或程序不做签名。',
        todo: '在机器上输入验证码，或在这里删除。',
      },
    },
  },
  serverElsewhere: {
    says: '登录应答中的服务器列表以 {{host}} 开头。',
    leads: 'Linux 机器会保存它，下次连接到那边。',
    causes: {
      list: {
        why: '应答是手动编写的，或来自另一台服务器。',
        todo: '如果要留在这里，请把本机地址填入机器的服务器列表。',
      },
    },
  },
  frameTooLong: {
    says: '发给机器的一个数据帧太长（{{bytes}}字节，上限{{limit}}字节）。',
    leads: '机器没有收到。',
    causes: {
      notSent: { why: '超出帧头能表示的长度，没有发送。', todo: '分几次发送。' },
      dropped: {
        why: `机器程序会丢弃更长的数据帧，不作提示（Linux 超过${longestTaken.linux}字节，安卓超过${longestTaken.android}字节）。`,
        todo: '分几次发送。',
      },
    },
  },
  headForced: {
    says: '机器使用“{{to}}”帧头，应答却用“{{from}}”帧头。',
    leads: '机器可能读不懂任何应答。',
    causes: { setting: { why: '设置中固定了帧头。', todo: '把帧头改为“与机器相同”。' } },
  },
  headWrong: {
    says: '帧头有误，或没有帧头。',
    leads: '能确定的内容照样读出。',
    causes: {
      program: {
        why: '程序特殊，或中间设备改动了数据。',
        todo: '查看这种数据帧的字节；如果机器读不懂应答，在设置中固定帧头。',
      },
    },
  },
  headChanging: {
    says: '帧头格式不固定（{{from}}、{{to}}）。',
    leads: '应答跟随最近一次的帧头，机器可能读不懂。',
    causes: {
      program: {
        why: '同一连接上有两个程序，或转发混在了一起。',
        todo: '在设置中固定机器能读懂的帧头。',
      },
    },
  },
  lengthInChars: {
    says: '帧头按字符数计长度（写 {{declared}}，实际{{actual}}字节）。',
    leads: 'Crema 能读出；别的服务器会截断。',
    causes: {
      program: {
        why: '机器程序的缺陷，遇到中文等字符时出现。',
        todo: '升级可能修复；产品名不用这类字符可以避开。',
      },
    },
  },
  jsonUnreadable: {
    says: '机器的部分数据无法读取。',
    leads: '这些数据帧的内容无法识别，原文保留。',
    causes: {
      program: {
        why: '机器程序的缺陷，或线路损坏了数据。',
        todo: '点这条问题右侧的“数据帧”按钮，保存后发给机器厂家。',
      },
    },
  },
  programRestarted: {
    says: '最近一小时内机器程序重启过。',
    leads: '当时正在做的事被打断。',
    causes: {
      program: {
        why: 'Crema 的指令、有人操作机器、停电，或程序崩溃。',
        todo: '如果不是有意重启，查看重启之前的数据帧。',
      },
    },
  },
  signOlder: {
    says: '签名使用旧算法。',
    leads: '每次登录都相同，被人看到后可以冒用。',
    causes: {
      program: {
        why: '较旧的 Linux 程序用验证码+编号签名，而不是日期+验证码。',
        todo: '无需处理；升级后可能改用新算法。',
      },
    },
  },
  signLoose: {
    says: '签名相符，但少了开头的 0，或用了大写。',
    leads: 'Crema 接受；更严格的服务器会拒绝。',
    causes: {
      program: {
        why: '机器程序把摘要当作数字输出。',
        todo: '这里无需处理；在别的服务器上会偶尔登录失败。',
      },
    },
  },
  jsonLenient: {
    says: '机器的部分数据格式有误（{{what}}），不影响读取。',
    leads: '这里没有影响；更严格的服务器会拒收。',
    causes: { program: { why: '机器程序照厂家文档的示例书写。', todo: '无需处理。' } },
  },
  textGb18030: {
    says: '文字用 GB18030 编码，而非 UTF-8。',
    leads: 'Crema 能读出；别的程序会显示乱码。',
    causes: { program: { why: '较旧的中文程序。', todo: '无需处理。' } },
  },
  commandsUnknown: {
    says: '有 Crema 不认识的命令，最近为“{{cmd}}”。',
    leads: '只记录，不应答。',
    causes: {
      program: {
        why: '程序较新或为定制版。',
        todo: '如果一直重复，说明它在等应答：请把该数据帧发给维护 Crema 的人。',
      },
    },
  },
  fieldsOdd: {
    says: '机器发来的数据不完整（字段“{{field}}”）。',
    leads: '这些内容无从得知。',
    causes: {
      program: {
        why: '机器程序版本不同。',
        todo: '无需处理。',
      },
    },
  },
  fieldsUnknown: {
    says: '数据帧中有 Crema 不认识的字段（最近：{{field}}）。',
    leads: '原样保留，可在数据帧中查看，其他地方不使用。',
    causes: {
      program: {
        why: '程序较新或为定制版。',
        todo: '机器无需处理；如果该字段的内容应当显示，请把该数据帧交给维护 Crema 的人。',
      },
    },
  },
};

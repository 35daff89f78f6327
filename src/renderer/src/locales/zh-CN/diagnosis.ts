/** 诊断：每条规则的说明、原因、影响和处理办法；以及能否出货。 */
import { longestTaken } from '#shared/limits';
import type { diagnosis as en } from '../en/diagnosis';
import type { Shape } from '../shape';

export const diagnosis: Shape<typeof en> = {
  diagnosis: {
    title: '诊断',
    none: '目前没有发现问题。',
    why: '原因',
    leads: '影响',
    todo: '处理',
    openSetting: '打开“{{what}}”设置',
    openCommand: '下发“{{what}}”…',
    openTab: '查看{{what}}',
    history: '以往',
    noHistory: '没有更早的记录。',
    lasted: '{{from}}，持续 {{time}}',
    rule: {
      numberShared: {
        says: '两台机器使用同一编号，互相挤掉线。',
        leads: '两台都连不稳，这里显示的内容也混在一起。',
        causes: {
          twice: {
            why: '两台机器输入了相同的机器编号，常见于换主板或复制设置之后。',
            todo: '看数据帧里的地址，找到另一台机器，给其中一台改用别的编号。',
          },
        },
      },
      reconnectLoop: {
        says: '反复重连（一刻钟内连接 {{times}} 次）。',
        leads: '两次连接之间指令会丢失，支付结果可能不能及时送达。',
        causes: {
          refused: {
            why: '登录被拒绝，机器一直重试。',
            todo: '核对机器上的编号和验证码，或把“签名不符时”改为只提醒。',
          },
          noLogin: {
            why: '连上又断开，一直没有登录：机器程序卡住，或正在设置。',
            todo: '重启机器；无效时核对菜单里的机器编号、验证码和端口。',
          },
          profile: {
            why: '机器主动断开，而当前只按厂家文档应答：安卓机器会忽略这样的心跳应答。',
            todo: '把应答方式改为“完整”。',
          },
          replaced: {
            why: '旧连接还没有结束，同一编号的新连接就来了：网络差，或另有一台机器用此编号。',
            todo: '检查网线或 Wi-Fi；如果两个连接都在，查找使用同一编号的另一台机器。',
          },
          network: {
            why: '上一次连接后来再无消息：网络无声中断。',
            todo: '检查网线、Wi-Fi 信号、路由器，以及沿途的省电设置。',
          },
          line: {
            why: '上一次连接中途断裂。',
            todo: '检查网线和路由器；沿途的代理或防火墙也可能切断连接。',
          },
          hangsUp: {
            why: '机器主动断开。转向服务器列表中的另一台服务器，或程序重启时会这样。',
            todo: '查看机器菜单里的服务器列表，并看屏幕是否在重启。',
          },
        },
      },
      loginMissing: {
        says: '已连接，但一直没有登录。',
        leads: '没有登录时，机器认为自己没有联网，可能不出货。',
        causes: {
          program: {
            why: '机器程序卡在连接与登录之间，或连上来的不是机器。',
            todo: '重启机器程序，再核对菜单里的编号和验证码。',
          },
        },
      },
      loginRefused: {
        says: '最近一次登录被拒绝（ret {{ret}}）。',
        leads: '机器显示没有服务器，不能扫码出货。',
        causes: {
          sign: {
            why: '登录签名与保存的验证码不符，而设置要求拒绝。',
            todo: '改正这里或机器上的验证码，或改为只提醒。',
          },
          linux: {
            why: '有人用非 0 的 ret 应答了它。',
            todo: 'linux 机器此时已关闭网络：请到机器上重启。',
          },
          other: { why: '有人用非 0 的 ret 应答了它。', todo: '不要再手工拒绝；下次登录即可通过。' },
        },
      },
      soldOut: {
        says: '机器上报全部售罄。',
        leads: '什么都不出货。',
        causes: {
          materials: {
            why: '各种饮品都要用的物料用完了，或补料后没有重置余量。',
            todo: '补料，并在机器菜单中重置余量。',
          },
        },
      },
      upgradeNotFetched: {
        says: '已下发升级，机器一直没有来取升级包。',
        leads: '版本不变。',
        causes: {
          off: {
            why: '升级下载没有监听。',
            todo: '在“连接”里选择升级下载的地址，再重新下发升级。',
          },
          unreachable: {
            why: '机器访问不到下载地址：不在同一网络、防火墙拦截，或机器程序不理会升级。',
            todo: '检查防火墙是否放行下载端口、机器是否在同一网络，再重新下发。',
          },
        },
      },
      heartbeatMissing: {
        says: '没有心跳，但仍有其他消息。',
        leads: '如果其他消息也停了，连接会被关闭。',
        causes: { program: { why: '机器程序的一部分卡住了。', todo: '在没有制作饮品时重启程序。' } },
      },
      paymentUnanswered: {
        says: '已告知订单 {{order}} 支付成功，机器此后没有任何回应。',
        leads: '顾客可能付了款却没有拿到饮品。',
        causes: {
          unheard: {
            why: '消息丢失，或机器已放弃该订单。',
            todo: '查看订单和机器，退款或人工出货。',
          },
        },
      },
      ordersResent: {
        says: '重复上报三次以上的订单：{{orders}} 笔。',
        leads: '这里每笔只计一次，但每次重复都占用线路，新订单排在后面。',
        causes: {
          profile: {
            why: '当前只按厂家文档应答，订单没有得到确认。',
            todo: '把应答方式改为“完整”。',
          },
          stored: {
            why: '我们的确认没有到达机器，或机器没有把已确认的订单划掉。',
            todo: '查看其中一笔订单的帧，是否每次都有应答；再重启机器。',
          },
        },
      },
      halfFrames: {
        says: '有帧只来了一半。',
        leads: '被截断的内容丢失；30 秒后连接会被关闭。',
        causes: {
          line: {
            why: '线路质量差，或中间设备截断了数据。',
            todo: '检查网线和 Wi-Fi；去掉中继或代理后再比较。',
          },
        },
      },
      framesLost: {
        says: '有帧丢失：应为序号 {{expected}}，收到 {{got}}。',
        leads: '这里可能缺少订单、故障或余量。',
        causes: {
          line: {
            why: '机器发送时没有连接，或发给了另一台服务器。',
            todo: '检查网络；如果机器的服务器列表里有多台，到那边查找。',
          },
        },
      },
      heartbeatSlow: {
        says: '心跳偏慢，最近一次间隔 {{seconds}} 秒。',
        leads: '时而显得无消息，指令的确认也会变慢。',
        causes: {
          network: { why: '网络慢，或机器繁忙。', todo: '检查 Wi-Fi 信号；一直如此则重启机器。' },
        },
      },
      clockWrong: {
        says: '机器日期为 {{machine}}，本机当时为 {{here}}。',
        leads: '订单时间不准；登录应答会把 linux 机器的时钟改成本机时间。',
        causes: {
          computer: { why: '本机的时钟不对。', todo: '先校准本机时钟，再连接机器。' },
          neverSet: {
            why: '机器时钟从未设置，或纽扣电池没电。',
            todo: 'linux 机器下次登录时自动校准；安卓机器请在设置中校准，断电就丢失时更换电池。',
          },
          either: { why: '两个时钟有一个不对。', todo: '与可靠的时钟比较，校准不对的那个。' },
        },
      },
      signMismatch: {
        says: '登录签名与保存的验证码不符。',
        leads: '目前仍予放行；如果设置为拒绝，则无法登录。',
        causes: {
          program: {
            why: '机器里输入的是另一个验证码，或程序有自己的签名方式：安卓机器发送固定值。',
            todo: '核对机器菜单里的验证码与这里保存的是否一致。',
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
        leads: 'linux 机器会保存它，下次连接到那边。',
        causes: {
          list: {
            why: '应答是手写的，或来自另一台服务器。',
            todo: '如果要留在这里，请把本机地址填入机器的服务器列表。',
          },
        },
      },
      priceZero: {
        says: '{{product}}的价格为 0。',
        leads: '机器不要求付款，直接免费出货。',
        causes: {
          sent: { why: '这个价格是从这里下发的。', todo: '重新下发正确的价格。' },
          machine: { why: '机器里的价格就是如此。', todo: '下发正确的价格，或在机器菜单中修改。' },
        },
      },
      materialEmpty: {
        says: '按机器计量已经用完：{{materials}}。',
        leads: '用到它的饮品已售罄，或即将售罄。',
        causes: {
          usedUp: { why: '料盒已空，或补料后没有录入。', todo: '补料，并在机器菜单中录入余量。' },
        },
      },
      qrTooLong: {
        says: '最近的二维码文本有 {{chars}} 个字符；超过 {{limit}} 个机器可能不显示。',
        leads: '顾客看不到二维码，无法付款。',
        causes: { text: { why: '应答的文本太长。', todo: '改用更短的文本。' } },
      },
      frameTooLong: {
        says: '发给它的一条消息太长（{{bytes}}，上限 {{limit}} 字节）。',
        leads: '机器没有收到。',
        causes: {
          notSent: { why: '超出帧头能表示的长度，没有发送。', todo: '分几次发送。' },
          dropped: {
            why: `机器程序会悄悄丢弃更长的帧（linux 超过 ${longestTaken.linux} 字节，安卓超过 ${longestTaken.android} 字节）。`,
            todo: '分几次发送。',
          },
        },
      },
      headForced: {
        says: '机器使用 {{to}} 帧头，应答却用 {{from}} 帧头。',
        leads: '机器可能读不懂任何应答。',
        causes: { setting: { why: '设置中固定了帧头。', todo: '把帧头改为“与机器相同”。' } },
      },
      headWrong: {
        says: '帧头有误，或没有帧头。',
        leads: '能确定的内容照样读出。',
        causes: {
          program: {
            why: '程序特殊，或中间设备改动了数据。',
            todo: '查看这样一帧的字节；如果机器读不懂应答，在设置中固定帧头。',
          },
        },
      },
      headChanging: {
        says: '帧头来回切换（{{from}} 变为 {{to}}）。',
        leads: '应答跟随最近一次的帧头，机器可能读不懂。',
        causes: {
          program: {
            why: '同一连接上有两个程序，或转发混在了一起。',
            todo: '在设置中固定机器能读懂的帧头。',
          },
        },
      },
      lengthInChars: {
        says: '帧头按字符数计长度（写 {{declared}}，实际 {{actual}} 字节）。',
        leads: 'Crema 能读出；别的服务器会截断。',
        causes: {
          program: {
            why: '机器程序的缺陷，遇到中文等字符时出现。',
            todo: '升级可能修复；产品名不用这类字符可以避开。',
          },
        },
      },
      jsonUnreadable: {
        says: '有的内容无法读取。',
        leads: '这些帧要说的内容丢失，原文保留。',
        causes: {
          program: {
            why: '机器程序的缺陷，或线路损坏了数据。',
            todo: '查看这样一帧，交给负责机器程序的人。',
          },
        },
      },
      heartbeatIrregular: {
        says: '心跳不均匀，间隔 {{least}} 到 {{most}} 秒。',
        leads: '网络已到极限，再久没有消息连接就会断。',
        causes: {
          line: {
            why: 'Wi-Fi 差、路由器繁忙，或机器繁忙。',
            todo: '查看最近一小时的图；换网线试试。',
          },
        },
      },
      programRestarted: {
        says: '最近一小时内机器程序重启过。',
        leads: '当时正在做的事被打断。',
        causes: {
          program: {
            why: '我们的指令、有人操作机器、停电，或程序崩溃。',
            todo: '如果不是有意重启，查看重启之前的帧。',
          },
        },
      },
      stockNotCounted: {
        says: '没有计量：{{materials}}。',
        leads: '不知道还剩多少，用完之前也不会提示缺料。',
        causes: { notEntered: { why: '机器上从未录入余量。', todo: '下次补料时录入余量。' } },
      },
      fatalFlags: {
        says: '把预警标为严重错误：{{warnings}} 项（{{error}}）。',
        leads: '别的服务器会显示停机，其实仍可出货。Crema 以故障码为准。',
        causes: {
          program: { why: '安卓机器把所有故障都标为严重。', todo: '不必为此处理；缺料的请尽快补充。' },
        },
      },
      signOlder: {
        says: '签名使用旧算法。',
        leads: '每次登录都相同，被人看到后可以冒用。',
        causes: {
          program: {
            why: '较旧的 linux 程序用验证码+编号签名，而不是日期+验证码。',
            todo: '不必处理；升级后可能改用新算法。',
          },
        },
      },
      signLoose: {
        says: '签名相符，但少了开头的 0，或用了大写。',
        leads: 'Crema 接受；更严格的服务器会拒绝。',
        causes: {
          program: {
            why: '机器程序把摘要当作数字输出。',
            todo: '这里不必处理；在别的服务器上会偶尔登录失败。',
          },
        },
      },
      jsonLenient: {
        says: 'JSON 有误（{{what}}）。',
        leads: '照样读出；更严格的服务器读不出。',
        causes: { program: { why: '机器程序照厂家文档的示例书写。', todo: '不必处理。' } },
      },
      textGb18030: {
        says: '文字用 GB18030 编码，而非 UTF-8。',
        leads: 'Crema 能读出；别的程序会显示乱码。',
        causes: { program: { why: '较旧的中文程序。', todo: '不必处理。' } },
      },
      commandsUnknown: {
        says: '有 Crema 不认识的命令，最近为“{{cmd}}”。',
        leads: '只保留，不应答。',
        causes: {
          program: {
            why: '程序较新或为定制版。',
            todo: '如果一直重复，说明它在等应答：查看该帧，告诉维护 Crema 的人。',
          },
        },
      },
      fieldsOdd: {
        says: '消息中缺少字段，或字段值不合理（最近：{{field}}）。',
        leads: '这些字段的内容无从得知。',
        causes: { program: { why: '机器程序版本不同。', todo: '这里不缺内容就不必处理。' } },
      },
    },
  },
};

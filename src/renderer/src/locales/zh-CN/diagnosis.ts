/** 诊断：每条规则的说明、原因、影响和处理办法；以及能否出货。 */
import type { diagnosis as en } from '../en/diagnosis';
import type { Shape } from '../shape';
import { rulesOfFrames } from './diagnosisFrames';

export const diagnosis: Shape<typeof en> = {
  diagnosis: {
    why: '原因',
    leads: '影响',
    openSetting: '打开“{{what}}”设置',
    openCommand: '下发“{{what}}”…',
    openTab: '查看{{what}}',
    history: '以往的问题',
    noHistory: '没有更早的记录。',
    missing: {
      one: '第{{first}}帧',
      many: '第{{first}}～{{last}}帧',
      from: '第{{first}}帧起',
    },
    lasted: '{{from}}，持续{{time}}',
    rule: {
      ...rulesOfFrames,
      numberShared: {
        says: '两台机器用了同一个编号：{{a}} 和 {{b}}。',
        leads: '两台都连不稳，这里显示的内容也混在一起。',
        causes: {
          twice: {
            why: '两台机器输入了相同的机器编号，常见于换主板或复制设置之后。',
            todo: '找到两台机器，给其中一台换个编号。',
          },
        },
      },
      reconnectLoop: {
        says: '最近15分钟内至少重连{{times}}次。',
        leads: '两次连接之间指令会丢失，支付结果可能不能及时送达。',
        causes: {
          refused: {
            why: '登录被拒绝，机器一直重试。',
            todo: '改正机器上的编号和验证码；或在这里的机器设置中把“验证码不符时”改为“提醒”。',
          },
          noLogin: {
            why: '连上又断开，一直没有登录：机器程序卡住，或正在设置。',
            todo: '重启机器；仍不登录，则核对机器屏幕菜单里的编号、验证码和端口。',
          },
          profile: {
            why: '机器主动断开。当前只按厂家文档应答，而安卓机器会忽略这样的心跳应答。',
            todo: '把应答方式改为“完整”。',
          },
          replaced: {
            why: '旧连接还没有结束，同一编号的新连接就来了：网络差，或另有一台机器用此编号。',
            todo: '检查网线或 Wi-Fi；再查找是否有另一台机器用同一编号。',
          },
          network: {
            why: '上一次连接后来再无数据：网络断开，没有任何提示。',
            todo: '检查网线、Wi-Fi 信号、路由器，以及沿途的省电设置。',
          },
          line: {
            why: '上一次连接中途断线。',
            todo: '检查网线和路由器；沿途的代理或防火墙也可能切断连接。',
          },
          hangsUp: {
            why: '机器主动断开。转向服务器列表中的另一台服务器，或程序重启时会这样。',
            todo: '核对机器屏幕菜单里的服务器地址；如果看到机器自己重启，检查供电。',
          },
        },
      },
      loginMissing: {
        says: '已连接，但一直没有登录。',
        leads: '没有登录时，机器认为自己没有联网，可能不出货。',
        causes: {
          program: {
            why: '机器程序卡在连接与登录之间，或连上来的不是机器。',
            todo: '重启机器；仍不登录，则核对机器屏幕菜单里的编号和验证码。',
          },
        },
      },
      loginRefused: {
        says: '最近一次登录被拒绝。',
        leads: '机器显示没有服务器，不能扫码出货。',
        causes: {
          sign: {
            why: '登录所用的验证码与这里保存的不同，而机器设置要求拒绝。',
            todo: '核对机器上和这里机器设置中的验证码，哪个错改哪个，再到现场重启机器。',
          },
          linux: {
            why: '有人在这里以非 0 的 ret 应答了登录。',
            todo: '不要再手工拒绝。到现场重启机器：它已关闭网络。',
          },
          server: {
            why: '真实服务器以非 0 的 ret 应答了登录，可能不认识这个编号。',
            todo: '向真实服务器的管理人员问明原因，再到现场重启机器。',
          },
          other: {
            why: '有人在这里以非 0 的 ret 应答了登录。',
            todo: '不要再手工拒绝；机器下次登录会接受新的应答。',
          },
        },
      },
      soldOut: {
        says: '机器上报全部售罄。',
        leads: '机器不出货。',
        causes: {
          materials: {
            why: '各种饮品都要用的物料用完了，或补料后没有录入余量。',
            todo: '检查杯子、水和每个料盒；补料后，在机器屏幕的菜单中录入余量。',
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
        says: '没有心跳，但仍有其他数据。',
        leads: '如果其他数据也停了，连接会被关闭。',
        causes: { program: { why: '机器程序的一部分卡住了。', todo: '等没有饮品在制作时，重启机器。' } },
      },
      paymentUnanswered: {
        says: '机器未回应支付结果：订单 {{order}}。',
        leads: '顾客可能付了款却没有拿到饮品。',
        causes: {
          unheard: {
            why: '数据帧丢失，或机器已放弃该订单。',
            todo: '查看订单和机器，退款或人工出货。',
          },
        },
      },
      ordersResent: {
        says: '上报三次以上的订单：{{orders}}笔。',
        leads: '这里每笔只计一次，但每次重复都占用线路，新订单排在后面。',
        causes: {
          profile: {
            why: '当前只按厂家文档应答，订单没有得到确认。',
            todo: '把应答方式改为“完整”。',
          },
          server: {
            why: '真实服务器没有确认这些订单，或机器未删除已确认的订单。',
            todo: '查看其中一笔订单的数据帧，服务器是否每次都有应答。',
          },
          stored: {
            why: 'Crema 的确认没有到达机器，或机器未删除已确认的订单。',
            todo: '查看其中一笔订单的数据帧，是否每次都有应答；再重启机器。',
          },
        },
      },
      heartbeatSlow: {
        says: '心跳偏慢，最近一次间隔{{seconds}}秒。',
        leads: '机器时而显得无响应，指令的确认也会变慢。',
        causes: {
          network: { why: '网络慢，或机器繁忙。', todo: '检查 Wi-Fi 信号；一直如此则重启机器。' },
        },
      },
      priceZero: {
        says: '价格为 0：{{product}}。',
        leads: '机器不要求付款，直接免费出货。',
        causes: {
          sent: { why: '这个价格是从这里下发的。', todo: '重新下发正确的价格。' },
          machine: { why: '机器里的价格就是如此。', todo: '下发正确的价格，或在机器屏幕的菜单中修改。' },
        },
      },
      materialEmpty: {
        says: '{{materials}}已用完（按机器计数）。',
        leads: '用到它的饮品已售罄，或即将售罄。',
        causes: {
          usedUp: { why: '料盒已空，或补料后没有录入。', todo: '补足后，在机器屏幕的菜单中录入余量。' },
        },
      },
      qrTooLong: {
        says: '最近的二维码文本有{{chars}}个字符；超过{{limit}}个机器可能不显示。',
        leads: '顾客看不到二维码，无法付款。',
        causes: { text: { why: '应答的文本太长。', todo: '改用更短的文本。' } },
      },
      heartbeatIrregular: {
        says: '心跳不均匀，间隔{{least}}到{{most}}秒。',
        leads: '网络不稳，可能掉线。',
        causes: {
          line: {
            why: 'Wi-Fi 差、路由器繁忙，或机器繁忙。',
            todo: '查看最近一小时的图；换网线试试。',
          },
        },
      },
      stockNotCounted: {
        says: '没有计量：{{materials}}。',
        leads: '不知道还剩多少，用完之前也不会提示缺料。',
        causes: { notEntered: { why: '机器上从未录入余量。', todo: '下次补料时录入余量。' } },
      },
      fatalFlags: {
        says: '安卓机器上报的故障都带“严重”标记，“{{error}}”其实只是预警。',
        leads: '别的服务器可能显示停机。Crema 以故障码为准。',
        causes: {
          program: { why: '安卓机器的程序给每个故障都加这个标记。', todo: '这条只是说明，不用处理。' },
        },
      },
    },
  },
};

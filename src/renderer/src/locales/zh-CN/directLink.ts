/** 直连模式：一根网线或一个热点上的一台机器；以及没有路由器时的地址设置。 */
import type { directLink as en } from '../en/directLink';
import type { Shape } from '../shape';

export const directLink: Shape<typeof en> = {
  directLink: {
    panel: '直连模式',
    text: '一根网线或一个热点上只有一台机器，或现场有多台机器时只要其中一台：只服务这一台。',
    adapter: '网卡',
    asNow: '沿用现在的监听地址',
    noAddress: '没有地址',
    number: '机器编号（如已知）',
    numberNote: '留空：最先报出编号的那台机器。',
    several: '现有多台机器在线：请填写要服务的机器编号。',
    needsAddress: '此网卡要先有地址：见下方。',
    tell: '其他机器登录时告知（ret 3）',
    only: '只服务这台机器（直连）',
    first: '只服务最先到的机器（直连）',
    all: '恢复服务所有机器',
    title: '只服务机器 {{vmcNo}}',
    ask: '其他机器一律断开：现在断开，以后再来也断开。',
    listens: 'Crema 只在 {{host}} 监听；经其他网卡进来的连接会被关闭。',
    told: '它登录时会被告知此连接已被占用（ret 3）。',
    warn: 'linux 机器收到后会关闭网络，直到有人重启它。',
    others_other: '现在另有 {{count, number}} 台机器在线（linux {{linux, number}} 台）。',
    othersNone: '现在没有其他机器在线。',
    banner: '直连模式：只服务机器 {{vmcNo}}。',
    bannerFirst: '直连模式：只服务最先报出编号的机器。',
    bannerNote: '其他机器会被断开。',
    bannerTold: '其他机器会被告知（ret 3）并断开。',
    open: '打开机器 {{vmcNo}}',
    turnedAway: '最近被拒绝的机器',
    turnedAwayLine_other: '{{who}}，来自 {{address}}，{{count}} 次，最近一次{{ago}}',
    unnamed: '未报编号',
    machine: '机器 {{vmcNo}}',
  },
  cable: {
    title: '没有路由器的网线：{{name}}',
    selfGiven: '没有设备给 {{name}} 分配地址，它只有自己编的地址（{{address}}）。',
    none: '还没有设备给 {{name}} 分配地址。',
    has: '{{name}} 的地址是 {{address}}。',
    way: '机器如何取得地址',
    fixed: '两端都填固定地址',
    dhcp: '由本机分配（DHCP）',
    here: '本机',
    there: '机器',
    address: '地址',
    mask: '子网掩码',
    gateway: '网关',
    server: '服务器 IP',
    system: '本机的系统',
    fixedClicks: {
      win32:
        '设置 → 网络和 Internet → 以太网 → IP 分配：编辑 → 手动 → IPv4，填入地址和掩码，网关留空。也可在管理员终端中执行：',
      darwin: '系统设置 → 网络 → 该网卡 → 详细信息 → TCP/IP → 配置 IPv4：手动，填入地址和掩码。也可执行：',
      linux:
        '网络设置 → 该网线的齿轮 → IPv4：手动，填入地址和掩码。也可执行其中一条（第一条用于 NetworkManager）：',
    },
    shareClicks: {
      win32:
        '控制面板 → 网络连接：右击能上网的网卡（或任意另一块）→ 属性 → 共享：允许其他用户连接，家庭网络连接选 {{name}}。Windows 会把 {{name}} 的地址设为 192.168.137.1。',
      darwin:
        '系统设置 → 通用 → 共享 → 互联网共享：来源选任意其他连接，共享给使用该网线网卡的电脑，然后打开。共享后的网卡名为 bridge100。',
      linux: '网络设置 → 该网线的齿轮 → IPv4：与其他计算机共享。用 NetworkManager 也可执行：',
    },
    watch: '等它生效并在那里监听',
    watching: '正在等待：只要本页打开着，{{name}} 一有可用地址，Crema 就在那里监听。',
    stop: '不再等待',
    shared: '本机正在 {{name}} 上分配地址。',
    sharedNote: '请把机器设为 DHCP，并在机器里填入：',
    listen: '在 {{host}} 监听',
    listens: 'Crema 正在那里监听。',
  },
};

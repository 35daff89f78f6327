/**
 * The doctor's checks and all result texts in both languages, with their levels, for the terminal and the window.
 * Every problem's text contains a solution.
 */
import type { Words } from './words';

/** Least severe first. */
export const doctorLevels = ['ok', 'warning', 'problem'] as const;
export type DoctorLevel = (typeof doctorLevels)[number];

export interface ResultWords extends Words {
  readonly level: DoctorLevel;
}
interface DoctorCheck {
  readonly title: Words;
  readonly says: Readonly<Record<string, ResultWords>>;
}

const says =
  <Level extends DoctorLevel>(level: Level) =>
  <const En extends string, const Zh extends string>(en: En, zh: Zh) => ({ level, en, zh });
const ok = says('ok');
const warning = says('warning');
const problem = says('problem');

/** Every check may fail unexpectedly. */
const always = {
  failed: problem(
    'This check failed ({{detail}}). Please report it with the whole list.',
    '无法完成此项检查（{{detail}}）。请把整个清单一并反馈给我们。',
  ),
} as const;

/** Results of both listeners. */
const listening = {
  ...always,
  free: ok('{{host}}:{{port}} is free.', '{{host}}:{{port}} 空闲，可以监听。'),
  freeHere: ok(
    '{{host}}:{{port}} is free. Only this computer can reach it. For machines, choose an adapter under Connect.',
    '{{host}}:{{port}} 空闲，但只有本机能访问。要让机器连接，请在“连接”页选择网卡地址。',
  ),
  anyFree: ok('Crema will use any free port of {{host}}.', '将使用 {{host}} 上的任一空闲端口。'),
  ours: ok(
    'The Crema that uses this data folder is listening on {{host}}:{{port}}.',
    '{{host}}:{{port}} 由正在使用此数据目录的 Crema 监听。',
  ),
  oursHere: warning(
    'Crema is listening on {{host}}:{{port}}: only this computer can reach it. For machines, choose an adapter under Connect.',
    'Crema 监听 {{host}}:{{port}}，只有本机能访问，真实机器连不上。请在“连接”页选择网卡地址。',
  ),
  heldBy: problem(
    '{{name}} (process {{pid}}) uses port {{port}} on {{host}}. Close that program, or choose another port in Crema’s settings.',
    '{{host}} 上的端口 {{port}} 被 {{name}}（进程 {{pid}}）占用。请结束该程序，或在 Crema 设置中改用其他端口。',
  ),
  held: problem(
    'An unknown program uses port {{port}} on {{host}}. Close it, or choose another port in Crema’s settings.',
    '{{host}} 上的端口 {{port}} 被其他程序占用，无法得知是哪个程序。请结束该程序，或在 Crema 设置中改用其他端口。',
  ),
  noAddress: problem(
    'No adapter of this computer has the address {{host}}. Connect that network, or choose another address in Crema’s settings.',
    '本机目前没有地址为 {{host}} 的网卡。请接上该网络，或在 Crema 设置中选择其他地址。',
  ),
  denied: problem(
    'This user may not listen on port {{port}}. Choose one from 1024 up in Crema’s settings.',
    '当前用户无权监听端口 {{port}}。请在 Crema 设置中改用 1024 及以上的端口。',
  ),
  refused: problem(
    'The system refuses to listen on {{host}}:{{port}} ({{detail}}). Choose another address or port in Crema’s settings.',
    '系统不允许监听 {{host}}:{{port}}（{{detail}}）。请在 Crema 设置中更换地址或端口。',
  ),
} as const;

/** In order of output. */
export const doctorChecks = {
  runtime: {
    title: { en: 'Runtime', zh: '运行环境' },
    says: {
      ...always,
      app: ok(
        'Crema {{version}} on Electron {{electron}}, Node {{node}}, {{system}}.',
        'Crema {{version}}，运行于 Electron {{electron}}、Node {{node}}，{{system}}。',
      ),
      sources: ok(
        'Crema {{version}} from its sources on Electron {{electron}}, Node {{node}}, {{system}}.',
        'Crema {{version}}（从源码运行），运行于 Electron {{electron}}、Node {{node}}，{{system}}。',
      ),
      server: ok(
        'Crema {{version}} without a window on Node {{node}}, {{system}}.',
        'Crema {{version}}（无窗口），运行于 Node {{node}}，{{system}}。',
      ),
      testBuild: warning(
        'Crema {{version}} is a test build with the old runtime Electron {{electron}}, for trials only. Install a release.',
        'Crema {{version}} 是使用旧版运行环境 Electron {{electron}} 的测试版，仅供试用。请安装正式版。',
      ),
      oldNode: problem(
        'Node {{node}} is too old. Install Node 20.19 or newer.',
        'Node {{node}} 版本过旧。请安装 Node 20.19 或更新版本。',
      ),
    },
  },
  sandbox: {
    title: { en: 'Sandbox', zh: '沙箱' },
    says: {
      ...always,
      on: ok('The window can use its sandbox.', '系统允许窗口使用沙箱。'),
      noWindow: ok('Not needed without a window.', '没有窗口，无需沙箱。'),
      root: warning(
        'Crema runs as root, so its window has no sandbox. Start it as an ordinary user.',
        'Crema 以 root 身份运行，窗口没有沙箱保护。请用普通用户启动。',
      ),
      off: warning(
        'The sandbox was turned off with --no-sandbox. Start Crema without that switch.',
        '沙箱已被 --no-sandbox 关闭。请去掉该参数后启动 Crema。',
      ),
      refused: problem(
        'This system does not allow sandboxes ({{setting}}). To allow them: sudo sysctl -w {{change}}',
        '系统不允许程序创建沙箱（{{setting}}）。放行方法：sudo sysctl -w {{change}}',
      ),
    },
  },
  folder: {
    title: { en: 'Data folder', zh: '数据目录' },
    says: {
      ...always,
      writable: ok('{{folder}} can be written.', '{{folder}} 可以写入。'),
      toBeMade: ok(
        '{{folder}} does not exist yet. Crema can create it.',
        '{{folder}} 尚不存在，Crema 可以创建。',
      ),
      notWritable: problem(
        '{{folder}} can’t be written ({{detail}}), so nothing would be recorded. Allow this user to write there, or start Crema with --data-dir and another folder.',
        '{{folder}} 无法写入（{{detail}}），什么都记录不下来。请为当前用户开放写权限，或用 --data-dir 指定其他目录启动 Crema。',
      ),
      cannotBeMade: problem(
        '{{folder}} does not exist and can’t be created ({{detail}}). Start Crema with --data-dir and another folder.',
        '{{folder}} 不存在且无法创建（{{detail}}）。请用 --data-dir 指定其他目录启动 Crema。',
      ),
      belowNoFolder: problem(
        '{{folder}} does not exist and can’t be created: {{above}} is not a folder. Start Crema with --data-dir and another folder.',
        '{{folder}} 不存在且无法创建：{{above}} 不是目录。请用 --data-dir 指定其他目录启动 Crema。',
      ),
      noFolder: problem(
        '{{folder}} is not a folder. Start Crema with --data-dir and another one.',
        '{{folder}} 不是目录。请用 --data-dir 指定其他目录启动 Crema。',
      ),
    },
  },
  space: {
    title: { en: 'Free space', zh: '剩余空间' },
    says: {
      ...always,
      enough: ok('{{free}} MB are free.', '剩余 {{free}} MB。'),
      little: warning(
        'Only {{free}} MB are free. Delete files from this disk, or keep fewer records (Settings, Records).',
        '仅剩 {{free}} MB。请清理磁盘，或在“设置 · 记录”中减少保留的记录。',
      ),
      none: problem(
        'Only {{free}} MB are free. Recording will stop soon. Delete files from this disk now.',
        '仅剩 {{free}} MB，很快将无法记录。请立即清理磁盘。',
      ),
    },
  },
  settings: {
    title: { en: 'Settings', zh: '设置' },
    says: {
      ...always,
      none: ok('No settings yet. The defaults apply.', '尚无设置文件，使用默认设置。'),
      whole: ok('The settings can be read.', '设置可以读取。'),
      some: warning(
        '{{count}} settings can’t be read. The next start uses their defaults and keeps the file. Check Crema’s settings then.',
        '有{{count}}项无法读取；下次启动将改用默认值，并保留原文件。届时请检查 Crema 的设置。',
      ),
      unreadable: problem(
        'The settings can’t be read ({{detail}}). The next start uses the defaults and keeps the file. Then set addresses, names and verification codes again.',
        '设置无法读取（{{detail}}）；下次启动将改用默认值，并保留原文件。请重新设置地址、名称和验证码。',
      ),
    },
  },
  journal: {
    title: { en: 'Records', zh: '记录' },
    says: {
      ...always,
      none: ok('No records yet.', '尚无记录。'),
      whole: ok(
        'The records are intact: {{entries}} entries, {{size}} MB.',
        '可以打开且完好：{{entries}}条，{{size}} MB。',
      ),
      someDamaged: warning(
        'The file is intact, but {{rows}} damaged rows were set aside in it earlier. Export important records in the Inspector, and check this disk.',
        '文件完好，但其中曾有{{rows}}行损坏数据被移出。请在“抓包”页导出需要的内容，并检查磁盘。',
      ),
      damaged: problem(
        'The file is damaged ({{detail}}). Copy {{file}} to another disk. When Crema reads the damaged part, it sets the file aside and starts a new one.',
        '文件已损坏（{{detail}}）。请先把 {{file}} 复制到其他磁盘；Crema 读到损坏处时会把它另存并新建文件。',
      ),
      otherVersion: problem(
        'The records are from another version of Crema (format {{version}}). Open them with that version, or let Crema’s window set them aside.',
        '记录由其他版本的 Crema 写入（格式 {{version}}）。请用该版本打开，或在 Crema 窗口中将其另存。',
      ),
      noJournal: problem(
        '{{file}} contains no records of Crema. Move it elsewhere. Crema then starts a new file.',
        '{{file}} 不是 Crema 的记录文件。请将它移走，Crema 会新建记录文件。',
      ),
      notOpened: problem(
        '{{file}} can’t be opened ({{detail}}). Allow this user to read and write it.',
        '{{file}} 无法打开（{{detail}}）。请为当前用户开放读写权限。',
      ),
    },
  },
  machinePort: { title: { en: 'Port for machines', zh: '机器连接端口' }, says: listening },
  updatePort: { title: { en: 'Port for upgrade downloads', zh: '升级包下载端口' }, says: listening },
  noticePort: {
    title: { en: 'Port for reports of Android machines', zh: '接收安卓机器回报的端口' },
    says: {
      ...listening,
      off: ok(
        'Listening is off. Only frames of the machines confirm commands.',
        '未设置监听。指令只凭机器发来的数据帧确认。',
      ),
      denied: problem(
        'This user may not listen on port {{port}}. Android machines use port 80 by default. Ask an administrator to allow it. Or choose a port from 1024 up in Crema’s settings and on the machines.',
        '当前用户无权监听端口 {{port}}。安卓机器默认回报到80端口：请让管理员放行，或在 Crema 设置中改用 1024 及以上的端口，并在机器上作相同设置。',
      ),
    },
  },
  adapters: {
    title: { en: 'Adapter', zh: '网卡' },
    says: {
      ...always,
      address: ok('{{name}} has {{address}}.', '{{name}} 的地址为 {{address}}。'),
      selfGiven: warning(
        '{{name}} has only the self-assigned address {{address}}, because no router answered. Check cable or Wi-Fi, or set an address manually.',
        '{{name}} 只有自动分配的地址 {{address}}，没有得到路由器应答。请检查网线或 Wi-Fi，或手动设置地址。',
      ),
      onlyHere: warning(
        'This computer is not on a network, so machines can’t reach it. Plug in a cable or join a Wi-Fi.',
        '本机未接入任何网络，机器无法连接。请插上网线或连接 Wi-Fi。',
      ),
    },
  },
  machines: {
    title: { en: 'Self-test of the machine server', zh: '机器服务自检' },
    says: {
      ...always,
      answered: ok('A login and a heartbeat were answered.', '登录和心跳均得到应答。'),
      silent: problem(
        'A login from this computer was not answered ({{detail}}). A security program may block Crema’s network access: allow it there.',
        '本机自连时登录未得到应答（{{detail}}）。可能有安全软件阻止 Crema 访问网络，请在其中放行。',
      ),
    },
  },
  packages: {
    title: { en: 'Self-test of upgrade downloads', zh: '升级包下载自检' },
    says: {
      ...always,
      answered: ok('A request was answered.', '下载请求得到应答。'),
      silent: problem(
        'A request from this computer was not answered ({{detail}}). A security program may block Crema’s network access: allow it there.',
        '本机自连时下载请求未得到应答（{{detail}}）。可能有安全软件阻止 Crema 访问网络，请在其中放行。',
      ),
    },
  },
  clock: {
    title: { en: 'Clock', zh: '时钟' },
    says: {
      ...always,
      plausible: ok('{{now}} is plausible.', '{{now}}，看起来正确。'),
      beforeFiles: problem(
        'The clock shows {{now}}, but {{file}} was written at {{written}}. Set this computer’s date and time.',
        '时钟显示 {{now}}，但 {{file}} 写于 {{written}}。请校准本机日期和时间。',
      ),
      beforeRecords: problem(
        'The clock shows {{now}}, but the newest record is of {{written}}. Set this computer’s date and time. If they are correct, the clock was wrong then.',
        '时钟显示 {{now}}，但最新记录的时间是 {{written}}。请校准本机日期和时间；若现在正确，则当时的时钟有误。',
      ),
    },
  },
  firewall: {
    title: { en: 'Firewall', zh: '防火墙' },
    says: {
      ...always,
      ufw: ok(
        'If machines can’t connect: sudo ufw allow {{ports}}/tcp',
        '如果机器连不上：sudo ufw allow {{ports}}/tcp',
      ),
      firewalld: ok(
        'If machines can’t connect: sudo firewall-cmd {{switches}}',
        '如果机器连不上：sudo firewall-cmd {{switches}}',
      ),
      iptables: ok(
        'If machines can’t connect: sudo iptables -I INPUT -p tcp -m multiport --dports {{ports}} -j ACCEPT',
        '如果机器连不上：sudo iptables -I INPUT -p tcp -m multiport --dports {{ports}} -j ACCEPT',
      ),
      windows: ok(
        'If machines can’t connect, as administrator: netsh advfirewall firewall add rule name=Crema dir=in action=allow protocol=TCP localport={{ports}}',
        '如果机器连不上，请以管理员身份运行：netsh advfirewall firewall add rule name=Crema dir=in action=allow protocol=TCP localport={{ports}}',
      ),
      macos: ok(
        'If machines can’t connect: sudo /usr/libexec/ApplicationFirewall/socketfilterfw --unblockapp "{{program}}"',
        '如果机器连不上：sudo /usr/libexec/ApplicationFirewall/socketfilterfw --unblockapp "{{program}}"',
      ),
    },
  },
} as const satisfies Record<string, DoctorCheck>;

/** 本机网卡：类型、链路状态、在哪里监听。 */
import type { adapters as en } from '../en/adapters';
import type { Shape } from '../shape';

export const adapters: Shape<typeof en> = {
  adapters: {
    kind: {
      ethernet: '有线网卡',
      wifi: '无线网卡（Wi-Fi）',
      virtual: '虚拟网卡',
      tunnel: '隧道（VPN）',
      unknown: '类型未知',
    },
    only: '只在此监听',
    also: '同时在此监听',
    stop: '停止在此监听',
    leaves: 'Crema 将不再监听 {{hosts}}。',
    stay_other: '现已连接的{{count, number}}台机器保持连接；以后再连接该地址的机器将连不上。',
    moved: '网卡 {{name}} 的地址变了。',
    movedNote: '地址由 {{from}} 变为 {{to}}。使用 {{from}} 的机器要改填 {{to}} 才能连上 Crema。',
    follow: '在 {{to}} 监听',
    wait: '等待 {{from}} 恢复',
    away: '本机现在没有网卡使用地址 {{host}}。',
    noLink: '网卡 {{name}}（{{host}}）未连通。',
    awaited: '一恢复，Crema 就在那里监听。',
    awayNote: '它一恢复，Crema 就重新监听；其间继续监听 {{hosts}}。',
    link: { up: '已连通', down: '未连通', unknown: '链路状态未知' },
    noAddress: {
      up: '还没有 IPv4 地址。',
      down: '未连通：请插好网线，或加入 Wi-Fi。',
      unknown: '没有 IPv4 地址。',
    },
  },
};

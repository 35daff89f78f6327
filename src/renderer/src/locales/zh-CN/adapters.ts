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
    link: { up: '已连通', down: '未连通', unknown: '链路状态未知' },
    noAddress: {
      up: '还没有 IPv4 地址。',
      down: '未连通：请插好网线，或加入 Wi-Fi。',
      unknown: '没有 IPv4 地址。',
    },
  },
};

/** Crema 主动连接的机器。 */
import type { dials as en } from '../en/dials';
import type { Shape } from '../shape';

export const dials: Shape<typeof en> = {
  dials: {
    title: '主动连接机器',
    text: '用于接在串口服务器后面、或自带服务端口的机器：由 Crema 主动连接，连上后与其他机器一样服务。从列表中移除之前会一直重连，移除即断开连接。',
    noTls: '连接为普通 TCP：机器协议没有加密，因此不提供 TLS。',
    host: '地址或主机名',
    port: '端口',
    call: '连接',
    now: '立即重连',
    nowOf: '立即重连 {{name}}',
    remove: '移除',
    removeOf: '移除 {{name}} 并断开',
    status: {
      connecting: '正在连接',
      connected: '机器 {{vmcNo}}，已连接{{time}}',
      silent: '已连接，但{{time}}内没有机器上报编号',
      waiting: '{{time}}后重连。',
    },
    spoken: {
      connecting: '{{name}}：正在连接',
      connected: '{{name}}：机器 {{vmcNo}} 已连接',
      silent: '{{name}}：已连接，尚无机器编号',
      waiting: '{{name}}：未连上，将重连',
    },
    why: {
      ended: '连接已结束。',
      hungUp: '对方接受连接后立即断开。',
      ECONNREFUSED: '该端口没有程序在监听。',
      TIMEOUT: '10秒内没有应答。',
      EHOSTUNREACH: '没有到该地址的路由。',
      ENETUNREACH: '本机没有通往该地址的网络。',
      ENOTFOUND: '无法解析该主机名。',
      EAI_AGAIN: '域名服务器没有应答。',
      SELF: '该地址指向本 Crema 自己，请填写机器或其串口服务器的地址。',
      other: '无法连接（{{detail}}）。',
    },
    wrong: {
      host: '请填写 IP 地址（如 192.168.1.50）或主机名。',
      port: '1 到 65535',
      twice: '列表中已有。',
      many: '最多可连接{{max}}台。',
    },
  },
};

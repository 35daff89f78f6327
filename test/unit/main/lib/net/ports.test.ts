import { describe, expect, test } from 'vitest';
import { listeningPid } from '../../../../../src/main/lib/net/ports';

const english = `
Active Connections

  Proto  Local Address          Foreign Address        State           PID
  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1004
  TCP    0.0.0.0:13000          0.0.0.0:0              LISTENING       77
  TCP    127.0.0.1:50123        127.0.0.1:3000         ESTABLISHED     900
  TCP    127.0.0.1:3000         127.0.0.1:50123        ESTABLISHED     5124
  TCP    127.0.0.1:3000         0.0.0.0:0              LISTENING       5124
  TCP    192.168.1.20:50200     10.0.0.5:8081          TIME_WAIT       0
  TCP    [::]:8081              [::]:0                 LISTENING       6200
  TCP    [::1]:9090             [::]:0                 LISTENING       31
  UDP    0.0.0.0:5353           *:*                                    2208
`;
const german = `
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    0.0.0.0:135            0.0.0.0:0              ABH\ufffdREN         1004
  TCP    127.0.0.1:3000         127.0.0.1:50123        HERGESTELLT     900
  TCP    127.0.0.1:3000         0.0.0.0:0              ABHÖREN         5124
  TCP    192.168.1.20:50200     10.0.0.5:8081          WARTEND         0
  TCP    [::]:8081              [::]:0                 ABHÖREN         6200
`;
const chinese = `
活动连接

  协议  本地地址          外部地址        状态           PID
  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1004
  TCP    127.0.0.1:3000         127.0.0.1:50123        已建立          900
  TCP    127.0.0.1:3000         0.0.0.0:0              侦听            5124
  TCP    [::]:8081              [::]:0                 侦听            6200
  UDP    0.0.0.0:5353           *:*                                    2208
`;

describe.each([
  ['English', english],
  ['German', german],
  ['Chinese', chinese],
  ['English with Windows line ends', english.replaceAll('\n', '\r\n')],
])('netstat in %s', (_, output) => {
  test('finds the listening process for IPv4 and IPv6', () => {
    expect(listeningPid(output, 3000)).toBe(5124);
    expect(listeningPid(output, 8081)).toBe(6200);
    expect(listeningPid(output, 135)).toBe(1004);
  });

  test('ignores ports of connections and of UDP', () => {
    expect(listeningPid(output, 50_123)).toBeNull();
    expect(listeningPid(output, 50_200)).toBeNull();
    expect(listeningPid(output, 5353)).toBeNull();
    expect(listeningPid(output, 81)).toBeNull();
  });
});

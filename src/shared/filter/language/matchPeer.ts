/** Tests the two ends of a connection. */
import ipaddr from 'ipaddr.js';
import type { Peer } from '../../model/frame';
import { numberTest, stringTest } from './compare';
import type { Choice } from './tree';

/** An IPv4 address that arrived through an IPv6 socket counts as IPv4. */
function addressOf(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  return ipaddr.isValid(text) ? ipaddr.process(text) : null;
}

/** `null`: not a network such as 192.168.1.0/24. */
function networkTest(text: string): ((address: string) => boolean) | null {
  const [start, bits] = ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : [];
  if (start === undefined || bits === undefined) return null;
  return (address) => {
    const found = addressOf(address);
    return found !== null && found.kind() === start.kind() && found.match(start, bits);
  };
}

type EndTest = (address: string, port: number) => boolean;

/** A number is a port; a text is an address, an address with its port, or a network. */
function endTest(choice: Choice): EndTest {
  if (choice.is === 'present') return () => true;
  if (choice.is !== 'text' && choice.is !== 'regex') {
    const test = numberTest(choice);
    return (_, port) => test(port);
  }
  const isWhole = choice.is === 'text' && choice.how === 'equals';
  const network = isWhole ? networkTest(choice.value) : null;
  if (network !== null) return network;
  const wanted = isWhole ? addressOf(choice.value)?.toString() : undefined;
  const test = stringTest(choice);
  const matches = (text: string): boolean => test(text, text.toLowerCase());
  return (address, port) =>
    matches(address) ||
    matches(endText(address, port)) ||
    (wanted !== undefined && addressOf(address)?.toString() === wanted);
}

/** Address and port as people write them. */
const endText = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** Whether one of the two ends meets one of the choices. */
export function peerTest(any: readonly Choice[]): (peer: Peer) => boolean {
  const tests = any.map(endTest);
  return ({ remoteAddress, remotePort, localAddress, localPort }) =>
    tests.some((test) => test(remoteAddress, remotePort) || test(localAddress, localPort));
}

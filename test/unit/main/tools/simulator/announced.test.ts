/** The server knows the ports of virtual machines before their first message. */
import { describe, expect, it } from 'vitest';
import { Announced } from '../../../../../src/main/tools/simulator/announced';
import type { TransportEvents } from '../../../../../src/main/tools/simulator/transport';

function scene() {
  const seen: string[] = [];
  const announced = new Announced((ports) => seen.push(`told ${ports.join(' ')}`));
  const dial = (): TransportEvents => {
    const inner: TransportEvents[] = [];
    announced.over((events) => {
      inner.push(events);
      return { write: () => true, end: () => undefined, reset: () => undefined };
    })({
      opened: (port) => seen.push(`opened ${port}`),
      received: () => undefined,
      drained: () => undefined,
      closed: () => seen.push('closed'),
    });
    const [events] = inner;
    if (events === undefined) throw new Error('nothing was dialled');
    return events;
  };
  const since = (): string[] => seen.splice(0);
  return { announced, dial, since };
}

describe('a connection of a virtual machine', () => {
  it('opens for the machine when its port is known', () => {
    const { announced, dial, since } = scene();
    dial().opened(5);
    expect(since()).toEqual(['told 5']);
    announced.known();
    expect(since()).toEqual(['opened 5']);
  });

  it('made during an announcement waits for the next', () => {
    const { announced, dial, since } = scene();
    dial().opened(1);
    dial().opened(2);
    dial().opened(3);
    expect(since()).toEqual(['told 1']);
    announced.known();
    expect(since()).toEqual(['told 1 2 3', 'opened 1']);
    announced.known();
    expect(since()).toEqual(['opened 2', 'opened 3']);
  });

  it('that has ended is announced, and does not open afterwards', () => {
    const { announced, dial, since } = scene();
    const one = dial();
    one.opened(1);
    one.closed();
    announced.known();
    expect(since()).toEqual(['told 1', 'closed', 'told ']);
    announced.known();
    expect(since()).toEqual([]);
    // A connection that was never established has no port.
    dial().closed();
    expect(since()).toEqual(['closed']);
  });
});

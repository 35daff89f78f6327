/** Relayed frames as proof: Crema or the user may have sent them in the machine's name. */
import { test } from 'vitest';
import type { Finding } from '#shared/findings';
import { linux, settled, type Controlled } from '../../../../builders/controlled';

const opens = { cmd: 'machinestatus', status: 'dooropen' };

/** Records the machine's last message again as a door command with this finding. */
function relays({ world }: Controlled, finding: Finding): void {
  const last = world.entries.findLast((entry) => entry.kind === 'frame' && entry.dir === 'in');
  if (last?.kind !== 'frame' || last.message.from !== 'machine')
    throw new Error('the machine has sent nothing');
  const body = { ...last.message.body, status: 'dooropen' };
  const message = { ...last.message, body } as typeof last.message;
  world.entryLog.record({ ...last, at: world.now, message, findings: [finding] });
}

test.each<Finding>([
  { code: 'relay.ours', params: {} },
  { code: 'relay.edited', params: {} },
  { code: 'relay.released', params: {} },
  { code: 'number.contested', params: { vmcNo: 7, conn: 2, address: '198.51.100.9' } },
])('a frame that the machine did not send proves nothing: $code', (finding) => {
  const book = settled(linux, 'doorclose').opensDoor().rests();
  relays(book, finding);
  book.shows('sent').receives(opens).shows('confirmed', 'doorOpened');
});

test('a frame of the machine is proof, whether or not it was relayed', () => {
  const book = settled(linux, 'doorclose').opensDoor().rests();
  relays(book, { code: 'relay.dropped', params: {} });
  book.shows('confirmed', 'doorOpened');
});

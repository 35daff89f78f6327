import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import type { Transfer } from '#shared/model/upgrade';
import { TransferCount } from '../../../../src/main/upgrade/transfer';

const begun = {
  offer: 'offer',
  vmcNo: 7,
  what: 'package',
  remoteAddress: '192.0.2.7',
  straySpaces: 0,
} as unknown as ConstructorParameters<typeof TransferCount>[0];

it('one whose machine has gone before the file was found has ended, and stays so', () => {
  const response = Object.assign(new EventEmitter(), {
    writableFinished: false,
    writableLength: 0,
    statusCode: 200,
  });
  const told: Transfer[] = [];
  const count = new TransferCount(
    begun,
    response as unknown as ServerResponse,
    () => 1_000,
    (transfer) => told.push(transfer),
  );
  response.emit('close');
  count.begin({ from: 0, total: 100, size: 100 });
  count.add(100);
  expect(told.map(({ endedAt, complete }) => [endedAt, complete])).toEqual([[1_000, false]]);
});

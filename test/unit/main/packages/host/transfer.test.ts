import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import type { Transfer } from '#shared/model/upgrade';
import { TransferCount } from '../../../../../src/main/packages/host/transfer';

const begun = {
  offer: 'offer',
  vmcNo: 7,
  what: 'package',
  remoteAddress: '192.0.2.7',
  straySpaces: 0,
} as unknown as ConstructorParameters<typeof TransferCount>[0];

it.each([
  ['counts as ended and stays so', true, [[1_000, false]]],
  ['is not reported if no answer had begun', false, []],
] as const)('a transfer whose machine leaves before its file is found %s', (_name, headersSent, ends) => {
  const response = Object.assign(new EventEmitter(), {
    writableFinished: false,
    writableLength: 0,
    statusCode: 200,
    headersSent,
  });
  const reported: Transfer[] = [];
  const count = new TransferCount(
    begun,
    response as unknown as ServerResponse,
    () => 1_000,
    (transfer) => reported.push(transfer),
  );
  response.emit('close');
  count.begin({ from: 0, total: 100, size: 100 });
  count.add(100);
  expect(reported.map(({ endedAt, complete }) => [endedAt, complete])).toEqual(ends);
});

import { expect, it } from 'vitest';
import { limitOf } from '#shared/errors/limits';
import { isOverheating, translatedText } from '#shared/errors/ownTexts';
import { shortagesOf } from '#shared/errors/shortage';

it.each([
  ['EC_4', 'not with the payment device'],
  ['error:hopper_2', 'gives no change in coins'],
  ['ERROR:0888', 'not drinks with canister 1'],
  ['ERROR:0F81', 'not drinks with canister 8'],
  ['ERROR:0588', 'not drinks with mixer 6'],
  ['ERROR:1288', 'perhaps not drinks that need the tea brewer (FB) wiper motor'],
])('%s limits sales: %s', (code, limit) => {
  expect(limitOf(code)?.en).toBe(limit);
});

it('an error without a known part has no known limit', () => {
  expect(limitOf('ERROR:8899')).toBeNull();
});

it('an error says which material is empty or low, and empty outweighs low', () => {
  expect(shortagesOf(['WARNING:10009', 'ERROR:5700', 'WARNING:10009', 'warning:01', 'ERROR:5300'])).toEqual(
    new Map([
      ['10009', 'empty'],
      ['10016', 'low'],
    ]),
  );
});

it.each([
  ['steam arm heater over temp', '蒸汽臂加热器过温'],
  ['Canister motor 3 blocked', '料盒电机3堵转'],
  ['steam arm frobnicator', null],
  ['', null],
])('a machine’s text “%s” is translated only as a whole', (text, zh) => {
  expect(translatedText(text)).toBe(zh);
});

it.each([
  ['steam arm heater over temp', true],
  ['蒸汽臂超温', true],
  ['boiler too cold', false],
])('“%s” means overheating: %s', (text, is) => {
  expect(isOverheating(text)).toBe(is);
});

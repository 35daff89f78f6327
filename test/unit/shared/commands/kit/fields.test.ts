/** The form of a command, generated from its schema. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from '#shared/commands/index';
import { asked, chosenOf, fieldsOf, initialOf } from '#shared/commands/kit/fields';
import { defaultMachineConfig } from '#shared/model/machine';

it('reads a member from its schema, and its initial value from its metadata', () => {
  const fields = fieldsOf(
    z.strictObject({
      product: asked(z.int().min(1).max(999), { suggests: 'products' }),
      percent: asked(z.int().min(1).max(100), { unit: '%', initial: 80 }),
      level: z.int().min(2).max(5),
      milk: asked(z.int().min(0).max(5), { digitOf: 'code' }),
      mode: z.enum(['calm', 'fast']),
      spelling: asked(z.enum(['a', 'b']), { initial: 'b', hidden: true, setting: 'doorSpelling' }),
      note: z.string().trim().min(1).max(8),
      loud: asked(z.boolean(), { initial: true }),
    }),
  );
  const number = { kind: 'number', hidden: false, setting: null, unit: '', suggests: null };
  const scale = { kind: 'scale', hidden: false, setting: null };
  const spelling = { kind: 'choice', name: 'spelling', hidden: true, setting: 'doorSpelling' };
  expect(fields).toEqual([
    { ...number, name: 'product', min: 1, max: 999, initial: null, suggests: 'products' },
    { ...number, name: 'percent', min: 1, max: 100, initial: 80, unit: '%' },
    { ...scale, name: 'level', min: 2, max: 5, initial: 2, digitOf: null },
    { ...scale, name: 'milk', min: 0, max: 5, initial: 0, digitOf: 'code' },
    {
      kind: 'choice',
      name: 'mode',
      hidden: false,
      setting: null,
      options: ['calm', 'fast'],
      initial: 'calm',
    },
    { ...spelling, options: ['a', 'b'], initial: 'b' },
    { kind: 'text', name: 'note', hidden: false, setting: null, max: 8, initial: '' },
    { kind: 'flag', name: 'loud', hidden: false, setting: null, initial: true },
  ]);
  expect(initialOf(fields ?? [])).toEqual({
    product: null,
    percent: 80,
    level: 2,
    milk: 0,
    mode: 'calm',
    spelling: 'b',
    note: '',
    loud: true,
  });
});

it.each([
  z.strictObject({ prices: z.array(z.strictObject({})) }),
  z.strictObject({ id: z.string().regex(/^x$/) }),
  z.strictObject({ many: z.record(z.string(), z.int()) }),
])('a member without limits, or a list of more than numbers, needs a custom form', (schema) => {
  expect(fieldsOf(schema)).toBeNull();
});

it('a list of integers is typed', () => {
  expect(commands.lockProducts.fields).toMatchObject([
    { name: 'productIds', kind: 'numbers', min: 1, max: 999_999, most: 100, suggests: 'products' },
  ]);
});

it('begins with the machine’s setting', () => {
  const fields = commands.openDoor.fields ?? [];
  expect(chosenOf(fields, defaultMachineConfig)).toEqual({});
  expect(chosenOf(fields, { ...defaultMachineConfig, doorSpelling: 'door open' })).toEqual({
    spelling: 'door open',
  });
});

/** Common properties of every field. */
import {
  Autocomplete,
  NumberInput,
  PasswordInput,
  Select,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { MantineProvider } from '@mantine/core';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { theme } from '../../../src/renderer/src/theme';

const boundOf = (field: ReactElement): string | undefined =>
  / maxlength="(\d+)"/i.exec(
    renderToStaticMarkup(<MantineProvider theme={theme}>{field}</MantineProvider>),
  )?.[1];

it.each([
  ['text', () => <TextInput />, '2000'],
  // A typed number is read digit by digit, which takes time proportional to the square of the length.
  ['number', () => <NumberInput />, '40'],
  ['password', () => <PasswordInput />, '2000'],
  ['lines', () => <Textarea />, '2000'],
  ['growing lines', () => <Textarea autosize maxLength={undefined} />, '2000'],
  ['text with suggestions', () => <Autocomplete />, '2000'],
  ['searchable choice', () => <Select searchable />, '2000'],
  ['tags', () => <TagsInput />, '2000'],
] as const)('a field of %s has a bound', (_, field, most) => {
  expect(boundOf(field())).toBe(most);
});

it('a field with its own bound keeps it', () => {
  expect(boundOf(<TextInput maxLength={5_000} />)).toBe('5000');
});

/** Components of the library render texts from their properties, without elements of ours. */
import {
  MantineProvider,
  Button,
  TextInput,
  Textarea,
  NumberInput,
  PasswordInput,
  Checkbox,
  Switch,
  Radio,
  Fieldset,
  SegmentedControl,
  NativeSelect,
  Select,
} from '@mantine/core';
import { createElement, type ComponentType } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { jsx } from '../../../../src/renderer/src/text/jsx-runtime';
import { unseenOnes } from '../../../builders/hostileTexts';

const raw = 'a\u202E\u200D\u3164';
const parts = {
  Button,
  TextInput,
  Textarea,
  NumberInput,
  PasswordInput,
  Checkbox,
  Switch,
  Radio,
  Fieldset,
  SegmentedControl,
  NativeSelect,
  Select,
};
const drawn = (name: keyof typeof parts, props: object): string =>
  renderToStaticMarkup(
    createElement(MantineProvider, null, jsx(parts[name] as ComponentType<object>, props)),
  ).replaceAll(/<style[^>]*>.*?<\/style>/gs, '');

it.each([
  ['Button', { children: raw, title: raw, 'aria-label': raw }],
  ['TextInput', { label: raw, description: raw, error: raw, placeholder: raw }],
  ['Textarea', { label: raw, description: raw, error: raw, placeholder: raw }],
  ['NumberInput', { label: raw, description: raw, error: raw, placeholder: raw }],
  ['PasswordInput', { label: raw, description: raw, error: raw, placeholder: raw }],
  ['Checkbox', { label: raw, description: raw, error: raw }],
  ['Switch', { label: raw, description: raw }],
  ['Radio', { label: raw, description: raw }],
  ['Fieldset', { legend: raw, children: raw }],
  ['SegmentedControl', { data: [{ value: 'x', label: raw }] }],
  [
    'NativeSelect',
    {
      data: [
        { value: 'x', label: raw },
        { group: raw, items: [{ value: 'y', label: raw }] },
      ],
    },
  ],
  ['Select', { data: [{ value: 'x', label: raw }], value: 'x', placeholder: raw }],
] as const)('%s', (name, props) => {
  const markup = drawn(name, props);
  expect(markup).toContain('⟨U+202E⟩⟨U+200D⟩⟨U+3164⟩');
  expect(markup).not.toMatch(unseenOnes);
});

it('an option without a label keeps its value', () => {
  expect(drawn('NativeSelect', { data: [raw, 'plain'] })).toContain(
    `<option value="${raw}">a⟨U+202E⟩⟨U+200D⟩⟨U+3164⟩</option>`,
  );
});

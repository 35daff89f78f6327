import { expect, it } from 'vitest';
import { listed } from '../../../../src/renderer/src/text/listed';

it('texts side by side have the signs of their language between them', () => {
  expect(listed({ language: 'en' }, ['{a}', '{b}', '{c}'])).toBe('{a}, {b}, {c}');
  expect(listed({ language: 'zh-CN' }, ['{a}', '{b}', '{c}'])).toBe('{a}、{b}、{c}');
  expect(listed({ language: 'zh-CN' }, ['{a}'])).toBe('{a}');
});

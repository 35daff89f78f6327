import { expect, it } from 'vitest';
import { listed } from '../../../../src/renderer/src/text/listed';

it('texts are joined with the separators of their language', () => {
  expect(listed({ language: 'en' }, ['{a}', '{b}', '{c}'])).toBe('{a}, {b}, {c}');
  expect(listed({ language: 'zh-CN' }, ['{a}', '{b}', '{c}'])).toBe('{a}、{b}、{c}');
  expect(listed({ language: 'zh-CN' }, ['{a}'])).toBe('{a}');
});

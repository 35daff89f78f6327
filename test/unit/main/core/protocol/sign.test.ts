import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkSign, makeSign } from '../../../../../src/main/core/protocol/sign';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const login = { timestamp: '20150624', vmcNo: 33_232 };
const code = 'ab12CD34';

describe('makeSign', () => {
  it('is MD5(timestamp + code) or MD5(code + vmc_no), in lower case', () => {
    expect(makeSign('timestampCode', login, code)).toBe(md5('20150624ab12CD34'));
    expect(makeSign('codeNumber', login, code)).toBe(md5('ab12CD3433232'));
    expect(makeSign('timestampCode', login, code)).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('checkSign', () => {
  it.each(['timestampCode', 'codeNumber'] as const)('matches %s, in either case', (formula) => {
    const sign = makeSign(formula, login, code);
    expect(checkSign({ ...login, sign }, code)).toEqual({ kind: 'matched', formula, exact: true });
    expect(checkSign({ ...login, sign: sign.toUpperCase() }, code)).toEqual({
      kind: 'matched',
      formula,
      exact: false,
    });
    expect(checkSign({ ...login, sign: ` ${sign} ` }, code)).toEqual({
      kind: 'matched',
      formula,
      exact: false,
    });
  });

  it("matches without leading zeros: 31 characters, as in the document's sample", () => {
    for (const formula of ['timestampCode', 'codeNumber'] as const) {
      for (const zeros of [1, 2]) {
        // The first codes with a sign that begins with so many zeros.
        let number = 0;
        while (!new RegExp(`^0{${zeros}}[^0]`).test(makeSign(formula, login, `code${number}`))) number += 1;
        const sign = makeSign(formula, login, `code${number}`);
        const cut = sign.slice(zeros);
        expect(cut.length).toBe(32 - zeros);
        const matched = { kind: 'matched', formula, exact: false };
        expect(checkSign({ ...login, sign: cut }, `code${number}`)).toEqual(matched);
        expect(checkSign({ ...login, sign: cut.toUpperCase() }, `code${number}`)).toEqual(matched);
        expect(checkSign({ ...login, sign: cut.slice(1) }, `code${number}`)).toEqual({ kind: 'mismatch' });
      }
    }
  });

  it('does not match anything else', () => {
    const sample = '594f803b380a41396ed63dca3950354'; // from the document, made with a code that it does not give
    expect(checkSign({ ...login, sign: sample }, code)).toEqual({ kind: 'mismatch' });
    expect(checkSign({ ...login, sign: '0' }, code)).toEqual({ kind: 'mismatch' });
    expect(checkSign({ ...login, sign: makeSign('timestampCode', login, 'other') }, code)).toEqual({
      kind: 'mismatch',
    });
    // a formula with a missing part is not tried with an empty part
    expect(checkSign({ timestamp: null, vmcNo: null, sign: md5(code) }, code)).toEqual({ kind: 'mismatch' });
  });

  it('reports when there is nothing to compare', () => {
    expect(checkSign({ ...login, sign: 'x' }, null)).toEqual({ kind: 'noCode' });
    expect(checkSign({ ...login, sign: 'x' }, '')).toEqual({ kind: 'noCode' });
    expect(checkSign({ ...login, sign: null }, code)).toEqual({ kind: 'absent' });
    expect(checkSign({ ...login, sign: '' }, code)).toEqual({ kind: 'absent' });
  });
});

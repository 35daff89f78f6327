/** Texts that attack a terminal, a spreadsheet, a notification or the reader. */
export const hostileTexts: Readonly<Record<string, string>> = {
  'terminal colours': '\u001B[31mred\u001B[0m',
  'terminal title': '\u001B]0;owned\u0007',
  'terminal clipboard': '\u001B]52;c;cm0gLXJm\u001B\\',
  'eight-bit controls': '\u009B2Jclear\u009D0;owned\u009C',
  'forged line': 'ok\r\n2026-01-01T00:00:00.000Z info main: forged',
  'line separators': 'a\u2028b\u2029c\u0085d\u000Be\u000Cf',
  'other controls': '\u0000\u0008\u007F',
  'turned around': 'invoice\u202Efdp.exe\u2066x\u2069\u061C',
  'without width': 'a\u200Bb\u200Cc\u200Dd\u2060e\uFEFFf\u00ADg\u180Eh',
  'blank letters': '\u034F\u115F\u1160\u2800\u3164\uFFA0\u17B4\u17B5\uFFFC\u{1D159}',
  'astral tags': 'ok\u{E0001}\u{E0041}\u{E007F}\u{1BCA0}\u{1D173}\u{13430}',
  'selected variants': 'a\uFE0Fb\uFE00c\u{E0100}',
  'halves and no characters': '\uD83D x \uDC00 \uFFFE\u{1FFFF}',
  'stacked marks': `z${'\u0335'.repeat(200)}`,
  markup: '<b>bold</b><img src="file:///etc/passwd"><a href="https://e.example">&amp;</a>',
  formula: '=HYPERLINK("https://e.example";"x")',
  'formula in a later cell': 'a;=1+1\t@SUM(A1)\r\n-2',
  long: '\u202E'.repeat(20_000) + 'x'.repeat(200_000),
};

/** Characters that must never leave the app: controls except tab and line ends, format characters, lone surrogates, and invisible characters. */
export const unseenOnes =
  /[\u034F\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u115F\u1160\u2800\u3164\uFFA0\uFFFC\u{1D159}\u{E0000}-\u{E0FFF}]|\u17B4|\u17B5|(?![\t\n\r])\p{Cc}/u;

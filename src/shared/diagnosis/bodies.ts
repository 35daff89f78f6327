import { remarked } from './kit/remarked';

/** The machine's bodies are unreadable. */
export const jsonUnreadable = remarked({
  severity: 'warning',
  codes: ['json.invalid', 'text.undecodable'],
  causes: { program: null },
  cause: () => 'program',
});

/** The machine's JSON has mistakes, but is readable. */
export const jsonLenient = remarked({
  severity: 'info',
  codes: ['json.lenient'],
  causes: { program: null },
  cause: () => 'program',
  names: ['what'],
});

/** The machine's texts are in GB18030. */
export const textGb18030 = remarked({
  severity: 'info',
  codes: ['text.gb18030'],
  causes: { program: null },
  cause: () => 'program',
});

/** The machine sends commands that the catalogue does not contain. */
export const commandsUnknown = remarked({
  severity: 'info',
  codes: ['cmd.unknown'],
  causes: { program: null },
  cause: () => 'program',
  names: ['cmd'],
});

/** The machine's messages have members that the catalogue does not contain. */
export const fieldsUnknown = remarked({
  severity: 'info',
  codes: ['field.unknown'],
  causes: { program: null },
  cause: () => 'program',
  names: ['field'],
});

/** Members are missing or invalid in the machine's messages. */
export const fieldsOdd = remarked({
  severity: 'info',
  codes: ['field.missing', 'field.invalid'],
  causes: { program: null },
  cause: () => 'program',
  names: ['field'],
});

/**
 * Accepted breaches. `text` is a part of the excerpt; `why` is the reason.
 * @type {readonly { file: string, rule: string, text: string, why: string }[]}
 */
export const allowed = [];

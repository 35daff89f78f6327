// The lint rule of folders without a clock (.oxlintrc.json): checks that `no-restricted-globals` and `-properties` cannot express.

/**
 * @typedef {{ callee: { type: string, name?: string }, arguments: unknown[] }} Call
 * @typedef {{ report: (found: { node: Call, message: string }) => void }} Context
 */

const message = 'A room without a clock: the time is an argument.';
const isOfDate = (/** @type {Call} */ { callee }) => callee.type === 'Identifier' && callee.name === 'Date';

export default {
  meta: { name: 'pure' },
  rules: {
    /** Reports `new Date()` and `Date()`; a date of a given moment is allowed. */
    'no-present': {
      create: (/** @type {Context} */ context) => ({
        NewExpression: (/** @type {Call} */ node) => {
          if (isOfDate(node) && node.arguments.length === 0) context.report({ node, message });
        },
        CallExpression: (/** @type {Call} */ node) => {
          if (isOfDate(node)) context.report({ node, message });
        },
      }),
    },
  },
};

/**
 * Accepted breaches. `text` is a part of the excerpt; `why` is the reason.
 * @type {readonly { files: readonly string[], rule: string, text: string, why: string }[]}
 */
export const allowed = [
  {
    files: [
      'src/main/core/connection/answer.ts',
      'src/renderer/src/features/connect/DirectLink.tsx',
      'src/renderer/src/features/machines/commands/forms/Ask.tsx',
      'src/renderer/src/features/shell/DirectLinkMode.tsx',
      'src/renderer/src/locales/en/audit.ts',
      'src/renderer/src/locales/zh-CN/audit.ts',
      'src/shared/contract/requests/link.ts',
      'src/shared/model/served.ts',
    ],
    rule: 'name',
    text: 'tells (',
    why: 'a member of a setting that settings.json and audit trails have',
  },
  {
    files: [
      'src/main/core/state/apply/payments.ts',
      'src/main/core/state/copies.ts',
      'src/main/core/state/orders.ts',
      'src/shared/commands/payResult.ts',
      'src/shared/model/order.ts',
      'src/shared/model/stored/order.ts',
    ],
    rule: 'name',
    text: 'told (',
    why: 'a member of an order that journals have',
  },
  {
    files: [
      'src/renderer/src/locales/en/anyCommand.ts',
      'src/renderer/src/locales/zh-CN/anyCommand.ts',
      'src/shared/commands/kit/steps.ts',
    ],
    rule: 'name',
    text: 'machineSaid',
    why: 'steps of commands that journals have',
  },
  {
    files: [
      'src/renderer/src/locales/en/salesCommands.ts',
      'src/renderer/src/locales/zh-CN/salesCommands.ts',
      'src/shared/commands/payResult.ts',
    ],
    rule: 'name',
    text: 'saidStatus',
    why: 'a step of commands that journals have',
  },
  {
    files: [
      'src/renderer/src/locales/en/commands.ts',
      'src/renderer/src/locales/zh-CN/commands.ts',
      'src/shared/commands/sync.ts',
    ],
    rule: 'name',
    text: 'connectedAnew',
    why: 'a step of commands that journals have',
  },
  {
    files: ['src/renderer/src/locales/en/errors.ts', 'src/renderer/src/locales/zh-CN/errors.ts'],
    rule: 'name',
    text: 'runGoesOn',
    why: 'a code of refusals that audit trails have',
  },
  {
    files: ['src/renderer/src/locales/en/findings.ts', 'src/renderer/src/locales/zh-CN/findings.ts'],
    rule: 'name',
    text: 'startedAnew',
    why: 'a code of findings that journals have',
  },
  {
    files: ['src/renderer/src/locales/en/connectWalk.ts'],
    rule: 'text',
    text: 'Why is no machine connected?',
    why: 'A question about the absence of all machines.',
  },
];

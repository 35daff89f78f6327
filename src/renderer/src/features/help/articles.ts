/** The articles of the help with their places, composed from the texts of the rest of the window. */
import { ruleNames, type RuleName } from '#shared/diagnosis/index';
import { knownErrorCodes, severityOf } from '#shared/errors/codes';
import { findings, type FindingCode } from '#shared/findings';
import { keyNames, keys } from '#shared/keys';
import type { CommandState } from '#shared/model/command';
import type { MachineStatus } from '#shared/model/machine';
import type { HelpTopic } from '../../store/route';
import { repairReason } from '../../text/detailWords';
import { ruleWords } from '../../text/diagnosisWords';
import type { Shape } from '../../text/shapes';
import { keyWords } from '../../text/phrases';
import { keyText } from '../../ui/keys';
import { severityOfRule } from '#shared/model/problems';
import { severityShape } from '../../ui/severity';
import type { Words } from '../../text/words';

export interface Article {
  readonly topic: HelpTopic;
  readonly item: string;
  readonly title: string;
  readonly text: readonly string[];
  /** The source of its shape. */
  readonly shape?: { readonly status: Shape } | { readonly command: CommandState };
  /** The code on the wire, or the key on the keyboard. */
  readonly code?: string;
  /** Text that is searched, but not shown among results. */
  readonly more?: readonly string[];
}

const statuses = [
  'online',
  'silence',
  'fault',
  'error',
  'warning',
  'doorOpen',
  'restarting',
  'unknown',
  'offline',
] as const satisfies readonly MachineStatus[];
const commandStates = [
  'queued',
  'sent',
  'confirmed',
  'failed',
  'expired',
  'unconfirmable',
  'cancelled',
] as const satisfies readonly CommandState[];

/** `ownCodes`: codes with an entry of the user's own. */
export function articlesOf(words: Words, ownCodes: readonly string[] = []): readonly Article[] {
  const { t } = words;
  return [
    ...statuses.map((status): Article => ({
      topic: 'states',
      item: status,
      title: t(`state.${status}`),
      text: [t(`help.state.${status}`)],
      shape: { status },
    })),
    ...commandStates.map((command): Article => ({
      topic: 'commands',
      item: command,
      title: t(`commandState.${command}.name`),
      text: [t(`commandState.${command}.note`)],
      shape: { command },
    })),
    ...codeArticles(words, ownCodes),
    ...ruleNames.map((rule) => ruleArticle(words, rule)),
    ...(Object.keys(findings) as readonly FindingCode[]).map((code): Article => {
      const repair = repairReason(words, code);
      return {
        topic: 'findings',
        item: code,
        title: words.findingTitle(code),
        text: [t(`help.finding.${findings[code]}`), ...(repair === null ? [] : [repair])],
        code,
      };
    }),
    ...keyNames.map((name): Article => ({
      topic: 'keys',
      item: name,
      title: keyWords(words, name),
      text: [t(`keys.where.${keys[name].where}`)],
      code: keyText(name),
    })),
  ];
}

function ruleArticle(words: Words, rule: RuleName): Article {
  const { t } = words;
  const { what, leads, causes } = ruleWords(words, rule);
  return {
    topic: 'diagnosis',
    item: rule,
    title: what,
    text: [t('help.leads', { what: leads }), ...causes.map((cause) => t('help.cause', cause))],
    shape: { status: severityShape[severityOfRule(rule)] },
  };
}

/** All codes of the catalogues, then those only in the user's own. */
function codeArticles(words: Words, ownCodes: readonly string[]): readonly Article[] {
  const { t } = words;
  const codes = new Set([...knownErrorCodes.map(({ id }) => id), ...ownCodes]);
  return [...codes].map((code): Article => {
    const severity = severityOf(code, null, null);
    const remedy = words.errorRemedy(code);
    const texts = [words.errorMeaning(code), words.errorCause(code)].filter((text) => text !== null);
    return {
      topic: 'codes',
      item: code,
      title: words.errorTitle(code),
      text: [
        t(`machine.severity.${severity}`),
        ...texts,
        ...(remedy === null ? [] : [t('machine.remedy', { what: remedy })]),
      ],
      shape: { status: severityShape[severity] },
      code,
    };
  });
}

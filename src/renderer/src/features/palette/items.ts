/** All items of the palette except commands (commandItems.ts) and orders, which come from the journal. */
import type { CommandName } from '#shared/commands/index';
import type { Action } from '#shared/contract/actions';
import { ruleNames } from '#shared/diagnosis/index';
import { knownErrorCodes } from '#shared/errors/codes';
import type { KeyName } from '#shared/keys';
import type { OrderRecord } from '#shared/model/history';
import { settingRows, type Settings } from '#shared/model/settings';
import { screenNames, screens } from '#shared/screens';
import { askRun, useCrema, wantOrder, wantSetting, type CremaState } from '../../store';
import { navigate } from '../../store/navigate';
import { firstOf, helpTopics } from '../../store/route';
import { sequencesOf } from '../../store/sequences';
import { isCapture } from '../../store/source';
import { isSite, siteJournals } from '../../store/sites';
import { journalFacts } from '../../text/siteWords';
import { showAllSites, showCapture } from '../../bridge/source';
import { nothingSentWords } from '../../text/captureWords';
import { ruleWords } from '../../text/diagnosisWords';
import { statusWord } from '../../text/machineWords';
import { ownTextWords } from '../../text/runWords';
import { settingWords } from '../../text/settingWords';
import type { Words } from '../../text/words';
import { clock } from '../../ui/ticker';
import { act } from '../../ui/useAction';

export const kinds = [
  'machine',
  'command',
  'anyCommand',
  'order',
  'code',
  'site',
  'screen',
  'action',
  'sequence',
  'setting',
  'help',
] as const;
export type Kind = (typeof kinds)[number];

export interface Item {
  /** The same in every language and after every start, so that it can be stored. */
  readonly id: string;
  readonly kind: Kind;
  readonly label: string;
  /** Text beside the name, also searched. */
  readonly detail: string;
  /** Text that is searched and not shown. */
  readonly also?: string;
  /** Why the action is impossible now. */
  readonly hindrance: string | null;
  readonly key: KeyName | null;
  /** The palette asks next for the machine of this command. */
  readonly asksMachineOf?: CommandName;
  readonly go: () => void;
}

/** Actions available everywhere, with their names in the palette. */
const doable = [
  ['openFile', 'palette.openFile', 'openFile'],
  ['newWindow', 'palette.newWindow', 'newWindow'],
  ['keyList', 'palette.keyList', 'keyList'],
  ['checkComputer', 'palette.checkComputer', null],
  ['supportFile', 'palette.supportFile', null],
  ['openLogFolder', 'palette.openLogFolder', null],
  ['licences', 'palette.licences', null],
  ['about', 'palette.about', null],
] as const satisfies readonly (readonly [Action, string, KeyName | null])[];
const themes = ['system', 'light', 'dark'] as const;

/** The current items. */
export const itemsNow = (words: Words): readonly Item[] => itemsOf(words, useCrema.getState());

function itemsOf(words: Words, state: CremaState): readonly Item[] {
  const { t } = words;
  return [
    ...machineItems(words, state),
    ...siteItems(words, state),
    ...sequenceItems(words, state),
    ...screenNames.map((screen): Item => ({
      id: `screen ${screen}`,
      kind: 'screen',
      label: words.inLanguage(screens[screen].says),
      detail: '',
      key: screen,
      hindrance: null,
      go: () => navigate(firstOf(screen)),
    })),
    ...doable.map(([action, name, key]): Item => ({
      id: `action ${action}`,
      kind: 'action',
      label: t(name),
      detail: '',
      key,
      hindrance: null,
      go: () => void act(action),
    })),
    ...themes.map((theme): Item => ({
      id: `action theme.${theme}`,
      kind: 'action',
      label: t('palette.theme', { name: t(`setting.theme.value.${theme}`) }),
      hindrance: null,
      key: null,
      detail: '',
      go: () => void act(`theme.${theme}`),
    })),
    ...(Object.keys(settingRows) as readonly (keyof Settings)[])
      .filter((name) => settingRows[name].section !== null && settingRows[name].control.kind !== 'form')
      .map((name): Item => ({
        id: `setting ${name}`,
        kind: 'setting',
        hindrance: null,
        key: null,
        label: settingWords(words, `setting.${name}`).title,
        detail: words.inLanguage(screens.settings.says),
        go: () => {
          wantSetting(name);
          navigate({ screen: 'settings', page: settingRows[name].section ?? 'window' });
        },
      })),
    ...codesOf(state).map((id): Item => ({
      id: `code ${id}`,
      kind: 'code',
      hindrance: null,
      key: null,
      label: id,
      detail: words.errorTitle(id),
      go: () => navigate({ screen: 'help', topic: 'codes', item: id }),
    })),
    ...ruleNames.map((rule): Item => ({
      id: `rule ${rule}`,
      kind: 'help',
      hindrance: null,
      key: null,
      label: ruleWords(words, rule).what,
      detail: t('help.topic.diagnosis'),
      go: () => navigate({ screen: 'help', topic: 'diagnosis', item: rule }),
    })),
    ...helpTopics.map((topic): Item => ({
      id: `help ${topic}`,
      kind: 'help',
      hindrance: null,
      key: null,
      label: t(`help.topic.${topic}`),
      detail: t('help.title'),
      go: () => navigate({ screen: 'help', topic, item: null }),
    })),
  ];
}

/** Codes of the catalogue, and those of the user's own. */
const codesOf = ({ settings }: CremaState): readonly string[] => [
  ...new Set([...knownErrorCodes.map(({ id }) => id), ...Object.keys(settings.ownErrors)]),
];

/** Machines are found by number, name and status. */
function machineItems(words: Words, { machines, configs, list }: CremaState): readonly Item[] {
  const now = clock();
  return [...machines.values()].map((row): Item => {
    const { vmcNo, name } = row;
    const status = list.statuses.get(vmcNo);
    return {
      id: `machine ${vmcNo}`,
      kind: 'machine',
      hindrance: null,
      key: null,
      label: String(vmcNo),
      detail: [configs[vmcNo]?.name ?? name, statusWord(words, row, now)]
        .filter((part) => part !== '')
        .join(' · '),
      also: status === undefined ? '' : words.t(`state.${status}`),
      go: () => navigate({ screen: 'machines', vmcNo, tab: 'overview' }),
    };
  });
}

/** Sites whose records this computer reads. */
function siteItems(words: Words, state: CremaState): readonly Item[] {
  const { t } = words;
  const journals = siteJournals(state);
  if (journals.length === 0) return [];
  const all: Item = {
    id: 'site all',
    kind: 'site',
    label: t('sites.all.title'),
    detail: '',
    hindrance: null,
    key: null,
    go: () => void showAllSites(),
  };
  return [
    all,
    ...journals.map(({ site, newest }): Item => ({
      id: `site ${site.id}`,
      kind: 'site',
      label: site.name,
      detail: newest === null ? '' : journalFacts(words, site, newest, Date.now()),
      hindrance: newest === null ? t('sites.menu.noJournal') : null,
      key: null,
      go: () => void (newest !== null && showCapture(newest.id)),
    })),
  ];
}

/** Sequences for the machine in view, or for one to be chosen. */
function sequenceItems(words: Words, state: CremaState): readonly Item[] {
  const { route, machines } = state;
  const vmcNo =
    route.screen === 'machines' && route.vmcNo !== null && machines.has(route.vmcNo) ? route.vmcNo : null;
  return sequencesOf(state.sequences.all).map((one): Item => ({
    id: `sequence ${one.key}`,
    kind: 'sequence',
    label: ownTextWords(words, one.sequence.name),
    detail: vmcNo === null ? words.inLanguage(screens.work.says) : words.t('palette.kind.command', { vmcNo }),
    hindrance: vmcNo !== null && isCapture(state) ? nothingSentWords(words, isSite(state)) : null,
    key: null,
    go: () =>
      vmcNo === null
        ? navigate({ screen: 'work', tab: 'sequences', run: null })
        : askRun({ machines: [vmcNo], sequence: one.sequence }),
  }));
}

export function orderItem(words: Words, { vmcNo, orderNo, at }: OrderRecord): Item {
  return {
    id: `order ${vmcNo} ${orderNo}`,
    kind: 'order',
    hindrance: null,
    key: null,
    label: orderNo,
    detail: words.t('palette.orderOf', { vmcNo, at: words.dateTime(at) }),
    go: () => {
      wantOrder(orderNo);
      navigate({ screen: 'machines', vmcNo, tab: 'orders' });
    },
  };
}

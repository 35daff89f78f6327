/** The settings of each page, in order. */
import type { ComponentType, ReactNode } from 'react';
import { settingRows, type Settings } from '#shared/model/settings';
import { useCrema } from '../../store';
import type { SettingPage } from '../../store/route';
import { useWords } from '../../text/useWords';
import { AboutPart, LogPart } from './AboutPart';
import { DoctorPanel } from './DoctorPanel';
import { JournalSizePart } from './JournalSizePart';
import { ListenForm } from './ListenForm';
import { ProductsPanel } from './ProductsPanel';
import { SettingLine } from './SettingLine';
import { SitesPanel } from './sites/SitesPanel';

export interface SettingPart {
  readonly name: string;
  /** Its texts: of a key and all keys below. The search reads them. */
  readonly keys: readonly string[];
  readonly draw: () => ReactNode;
}

const none: readonly string[] = [];

/** Settings with a control of their row. */
const rowPart = (
  name: keyof Settings,
  props: Omit<Parameters<typeof SettingLine>[0], 'name' | 'notes'> & {
    readonly notes?: readonly string[];
  } = {},
): SettingPart => ({
  name,
  keys: [`setting.${name}`],
  draw: () => <SettingLine name={name} notes={none} {...props} />,
});

/** Forms of settings without a control of their row, by file: `forms/<name>.tsx` exports `Form`. */
const forms = import.meta.glob<ComponentType>('./forms/*.tsx', { import: 'Form', eager: true });

function partOf(name: keyof Settings): readonly SettingPart[] {
  if (settingRows[name].control.kind !== 'form') return [rowPart(name)];
  const Form = forms[`./forms/${name}.tsx`];
  return Form === undefined ? [] : [{ name, keys: [`setting.${name}`], draw: () => <Form /> }];
}

const rowsOf = (page: SettingPage): readonly SettingPart[] =>
  (Object.keys(settingRows) as readonly (keyof Settings)[])
    .filter((name) => settingRows[name].section === page)
    .flatMap(partOf);

const listenParts: readonly SettingPart[] = [
  {
    name: 'machine listener',
    keys: ['settings.listenMachines', 'settings.listenAddress', 'connect.portLabel'],
    draw: () => <ListenForm which="machines" />,
  },
  {
    name: 'update listener',
    keys: ['settings.listenUpdates', 'settings.listenAddress', 'connect.portLabel'],
    draw: () => <ListenForm which="updates" />,
  },
  {
    name: 'notice listener',
    keys: ['settings.listenNotices', 'settings.noticesNote', 'settings.listenAddress', 'connect.portLabel'],
    draw: () => <ListenForm which="notices" />,
  },
];

/** A new row of the shared table appears on the page of its section without a change here. */
export function usePages(): Readonly<Record<SettingPage, readonly SettingPart[]>> {
  const { t } = useWords();
  const about = useCrema((s) => s.about);
  const started = about?.languageSwitch;
  const language = rowPart('language', {
    params: { name: t(`setting.language.value.${about?.systemLanguage ?? 'en'}`) },
    notes: started ? [t('setting.language.fromSwitch', { name: started })] : none,
  });
  return {
    window: rowsOf('window').map((part) => (part.name === 'language' ? language : part)),
    listen: [...listenParts, ...rowsOf('listen')],
    notices: rowsOf('notices'),
    journal: [
      {
        name: 'journal',
        keys: ['journal.note', 'journal.size', 'journal.since'],
        draw: () => <JournalSizePart />,
      },
      ...rowsOf('journal'),
    ],
    products: [
      {
        name: 'products',
        keys: ['setting.ownProducts', 'products.note', 'products.add'],
        draw: () => <ProductsPanel />,
      },
    ],
    sites: [
      {
        name: 'sites',
        keys: ['sites.note', 'sites.add', 'sites.role', 'sites.form'],
        draw: () => <SitesPanel />,
      },
    ],
    computer: [
      {
        name: 'doctor',
        keys: ['doctor.note', 'doctor.check', 'support.open', 'support.note'],
        draw: () => <DoctorPanel />,
      },
      { name: 'log', keys: ['log'], draw: () => <LogPart /> },
    ],
    about: [
      {
        name: 'about',
        keys: [
          'settings.version',
          'settings.runsOn',
          'help.about.title',
          'help.licences.title',
          'keys.title',
        ],
        draw: () => <AboutPart />,
      },
    ],
  };
}

/** The component and icon of each screen (shared/screens.ts). Screens get parts of other features here: features import no other. */
import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconCoffee,
  IconHelp,
  IconListCheck,
  IconListDetails,
  IconPackage,
  IconPlugConnected,
  IconReceipt,
  IconSettings,
  type Icon,
} from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { Screen } from '#shared/screens';
import { ConnectScreen } from './connect/ConnectScreen';
import { ErrorsScreen } from './errors/ErrorsScreen';
import { FaultsPane } from './errors/FaultsPane';
import { AllFrames } from './inspector/all/AllFrames';
import { InspectorPane } from './inspector/InspectorPane';
import { InspectorScreen } from './inspector/InspectorScreen';
import { HelpScreen } from './help/HelpScreen';
import { MachinesScreen } from './machines/MachinesScreen';
import { StepForm } from './machines/runs/StepForm';
import { AllOrders } from './orders/AllOrders';
import { OrdersPane } from './orders/OrdersPane';
import { OrdersScreen } from './orders/OrdersScreen';
import { RelayScreen } from './relay/RelayScreen';
import { SettingsScreen } from './settings/SettingsScreen';
import { AllMachines } from './sites/AllMachines';
import { UpgradesScreen } from './upgrades/UpgradesScreen';
import { WorkScreen } from './work/WorkScreen';

/** Parts of other features on the machine page; each is drawn again only when its own data changes. */
const machinePanes = { Errors: memo(FaultsPane), Orders: memo(OrdersPane), Frames: memo(InspectorPane) };

interface ScreenView {
  readonly icon: Icon;
  readonly draw: () => ReactNode;
  /** The screen of this computer and all sites together. */
  readonly drawAll?: () => ReactNode;
}

export const screenViews: Readonly<Record<Screen, ScreenView>> = {
  connect: { icon: IconPlugConnected, draw: () => <ConnectScreen /> },
  machines: {
    icon: IconCoffee,
    draw: () => <MachinesScreen panes={machinePanes} />,
    drawAll: () => <AllMachines key="machines" ofErrors={false} />,
  },
  inspector: {
    icon: IconListDetails,
    draw: () => <InspectorScreen />,
    drawAll: () => <AllFrames />,
  },
  errors: {
    icon: IconAlertTriangle,
    draw: () => <ErrorsScreen />,
    drawAll: () => <AllMachines key="errors" ofErrors />,
  },
  orders: { icon: IconReceipt, draw: () => <OrdersScreen />, drawAll: () => <AllOrders /> },
  upgrades: { icon: IconPackage, draw: () => <UpgradesScreen /> },
  relay: { icon: IconArrowsExchange, draw: () => <RelayScreen /> },
  work: { icon: IconListCheck, draw: () => <WorkScreen StepForm={StepForm} /> },
  settings: { icon: IconSettings, draw: () => <SettingsScreen /> },
  help: { icon: IconHelp, draw: () => <HelpScreen /> },
};
export const screenIcons = Object.fromEntries(
  Object.entries(screenViews).map(([screen, { icon }]) => [screen, icon]),
) as Readonly<Record<Screen, Icon>>;

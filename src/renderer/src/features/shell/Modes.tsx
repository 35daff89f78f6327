import { Boundary } from '../../ui/Boundary';
import { CaptureMode } from './CaptureMode';
import { DirectLinkMode } from './DirectLinkMode';
import { RehearsalMode } from './RehearsalMode';
import { VirtualMode } from './VirtualMode';

const modes = {
  capture: <CaptureMode />,
  directLink: <DirectLinkMode />,
  rehearsal: <RehearsalMode />,
  virtual: <VirtualMode />,
};

/** Unusual modes of the window, each with its way out. */
export function Modes() {
  return Object.entries(modes).map(([name, mode]) => (
    <Boundary key={name} where={`mode ${name}`}>
      {mode}
    </Boundary>
  ));
}

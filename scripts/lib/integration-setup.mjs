import { ensureBuild } from './build.mjs';
import { withLock } from './lock.mjs';

/** Before the integration tests, however vitest was started: the build, whose threads and programs they start. */
export default () => withLock(ensureBuild);

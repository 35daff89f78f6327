import { arch, release, type } from 'node:os';
import { finding, type DoctorResult } from '#shared/doctor';
import type { Computer } from '../computer';

/** `engines` in package.json. */
const oldest = [20, 19] as const;

export function runtime(
  { version, build, electron }: Computer,
  node: string = process.versions.node,
): Promise<readonly DoctorResult[]> {
  const system = `${type()} ${release()} ${arch()}`;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  if (electron === null && (major < oldest[0] || (major === oldest[0] && minor < oldest[1])))
    return Promise.resolve([finding('runtime', 'oldNode', { node })]);
  if (electron === null) return Promise.resolve([finding('runtime', 'server', { version, node, system })]);
  const facts = { version, electron, node, system };
  return Promise.resolve([
    build === 'test'
      ? finding('runtime', 'testBuild', { version, electron })
      : finding('runtime', build === 'release' ? 'app' : 'sources', facts),
  ]);
}

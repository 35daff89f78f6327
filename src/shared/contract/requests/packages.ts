/** Requests about the library of upgrade packages. */
import { z } from 'zod';
import { longestName, longestNotes } from '../../limits';
import type { FetchedContent } from '../../model/fetched';
import {
  androidPackageTypes,
  packagePathStyles,
  type PackageContents,
  type UpgradePackage,
} from '../../model/upgrade';
import { result, type RequestRows, nothing, vmcNo } from '../request';

const packagePatch = z.strictObject({
  version: z.string().trim().max(60).exactOptional(),
  platform: z.enum(['linux', 'android']).nullable().exactOptional(),
  androidType: z.enum(androidPackageTypes).nullable().exactOptional(),
  pathStyle: z.enum(packagePathStyles).exactOptional(),
  label: z.string().max(longestName).exactOptional(),
  notes: z.string().max(longestNotes).exactOptional(),
});
export type PackagePatch = z.infer<typeof packagePatch>;

const id = z.string().length(64);
/** The expected SHA-256 or MD5; '': none is known. */
const expected = z.string().max(200);

export const packageRequests = {
  /** Asks the person for a ZIP or an update.xml and imports it; `null`: no file was chosen. The feed reports the progress. */
  choosePackage: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({ expected }),
    result: result<UpgradePackage | null>(),
  },
  /** Imports a ZIP, an update.xml or a folder with both that was dropped on the window. */
  takePackage: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({ path: z.string().min(1).max(4_096), expected }),
    result: result<UpgradePackage>(),
  },
  cancelStaging: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<null>(),
  },
  changePackage: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({ id, patch: packagePatch }),
    result: result<null>(),
  },
  /** Compares a checksum with the checksum of the imported package. */
  checkPackage: {
    thread: 'desktop',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({ id, expected }),
    result: result<null>(),
  },
  removePackage: {
    thread: 'desktop',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({ id }),
    result: result<null>(),
  },
  /** Asks for a place and writes the package there; returns the file's name, `null`: no place was chosen. The feed reports the progress. */
  exportPackage: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ id }),
    result: result<string | null>(),
  },
  /** The package's contents with `text` in their names. */
  packageContents: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ id, text: z.string().max(200) }),
    result: result<PackageContents>(),
  },
  /** Of products and recipes. */
  packageTables: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ id }),
    result: result<FetchedContent>(),
  },
  /** Our update.xml, as this machine would read it at this address of the computer. */
  packageUpdateXml: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({
      id,
      vmcNo,
      host: z.union([z.ipv4(), z.ipv6()]),
      port: z.int().min(1).max(65_535),
    }),
    result: result<string>(),
  },
} as const satisfies RequestRows;

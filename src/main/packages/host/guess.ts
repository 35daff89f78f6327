/**
 * Guesses version, platform and type of a package from names. The user
 * sees each guess with its reason and can correct it.
 */
import { androidPackageTypes, type GuessReason, type UpgradePackage } from '#shared/model/upgrade';
import type { GivenUpdate } from '../library/readUpdateXml';

export type Guess = Pick<UpgradePackage, 'version' | 'platform' | 'androidType' | 'pathStyle' | 'guessed'>;

/** Members that identify the kind of a package. */
export interface Evidence {
  /** An APK, or a member that shows that the ZIP itself is an APK. */
  readonly app: string | null;
  /** A recipe member [field]. */
  readonly recipe: string | null;
}
export const noEvidence: Evidence = { app: null, recipe: null };

export const withMember = ({ app, recipe }: Evidence, name: string): Evidence => ({
  app: app ?? (/\.apk$/i.test(name) || name === 'AndroidManifest.xml' ? name : null),
  recipe: recipe ?? (isRecipeMember(name) ? name : null),
});

/** android's recipe packages have both in one folder [field]. */
const isRecipeMember = (name: string): boolean => /^JetinnoZip\/[^/]+\.(product|recipe)$/i.test(name);

type Kind = Pick<UpgradePackage, 'platform' | 'androidType'> & { readonly why: GuessReason | null };

export function guessFrom(fileName: string, evidence: Evidence, given: GivenUpdate | null): Guess {
  const named = /\d+(?:\.\d+)+/.exec(fileName)?.[0] ?? '';
  const byName: GuessReason | null = named === '' ? null : { by: 'fileName', text: named };
  const byXml: GuessReason | null = given === null ? null : { by: 'updateXml', text: given.version };
  const { why, ...kind } = kindOf(fileName, evidence, given);
  return {
    version: given?.version ?? named,
    pathStyle: given?.pathStyle ?? 'absolute',
    ...kind,
    guessed: { version: byXml ?? byName, platform: why },
  };
}

function kindOf(fileName: string, { app, recipe }: Evidence, given: GivenUpdate | null): Kind {
  // Only linux reads update.xml [doc 3.9].
  if (given !== null)
    return { platform: 'linux', androidType: null, why: { by: 'updateXml', text: given.fileName } };
  if (recipe !== null)
    return { platform: 'android', androidType: 'recipe', why: { by: 'member', text: recipe } };
  if (app !== null) return { platform: 'android', androidType: 'app', why: { by: 'member', text: app } };
  const android = /android/i.exec(fileName);
  if (android === null) return { platform: null, androidType: null, why: null };
  const words = fileName.toLowerCase().split(/[^a-z]+/);
  return {
    platform: 'android',
    androidType: androidPackageTypes.find((type) => words.includes(type)) ?? 'app',
    why: { by: 'fileName', text: android[0] },
  };
}

/** Guesses version, platform and type of a package from names. A person sees the guesses and can correct them. */
import { androidPackageTypes, type AndroidPackageType } from '#shared/model/upgrade';
import type { Platform } from '#shared/model/machine';

export interface Guess {
  readonly version: string;
  readonly platform: Platform | null;
  readonly androidType: AndroidPackageType | null;
}

/** Whether a member shows that the ZIP is for android: it is an APK, or belongs to a ZIP that is an APK itself. */
export function isAndroidMember(name: string): boolean {
  return /\.apk$/i.test(name) || name === 'AndroidManifest.xml';
}

export function guessFrom(fileName: string, hasAndroidMember: boolean): Guess {
  const version = /\d+(?:\.\d+)+/.exec(fileName)?.[0] ?? '';
  if (hasAndroidMember) return { version, platform: 'android', androidType: 'app' };
  if (!/android/i.test(fileName)) return { version, platform: null, androidType: null };
  const words = fileName.toLowerCase().split(/[^a-z]+/);
  return {
    version,
    platform: 'android',
    androidType: androidPackageTypes.find((type) => words.includes(type)) ?? 'app',
  };
}

import type { LoadOptions } from "../../../fleet/load";
import { SAMPLE_FLEET } from "../sample-fleet";

/** Folders that no test changes. */
const FIXED = /^(?:definitions|__tests__\/fleets)\//;

/** Returns the same function, which reads each file that no test changes once. */
export function readOnce<Read>(read: (file: string) => Read): (file: string) => Read {
  const known = new Map<string, Read>();
  return (file) => {
    if (!FIXED.test(file)) return read(file);
    const result = known.get(file) ?? read(file);
    known.set(file, result);
    return result;
  };
}

/** Returns the same function, which loads the tests' fleet once for each selection and day. */
export function loadOnce<Loaded>(load: (options: LoadOptions) => Loaded): (options: LoadOptions) => Loaded {
  const known = new Map<string, Loaded>();
  return (options) => {
    const { base, baseReleases, directory, shipped, ...others } = options;
    if (directory !== SAMPLE_FLEET || shipped !== "definitions" || base || baseReleases) return load(options);
    const key = JSON.stringify([others.select, others.today, others.withoutClusters]);
    const loaded = known.get(key) ?? load(options);
    known.set(key, loaded);
    return loaded;
  };
}

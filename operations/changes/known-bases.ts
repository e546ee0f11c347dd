import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ownExtensions } from "../../language/extensions/own";
import { OutputStore } from "../../synth/store";
import type { BaseRequest, BaseText, BaseTexts } from "./load-base";

/** A hash of the code of `load-base.ts` and of all that it imports. `launch.mjs` puts it into each bundle of that code. */
declare const LOADING_CODE: string | undefined;

/**
 * The clusters of bases that were loaded before, by their fingerprints: a base seldom changes from one comparison to the next. Each is in
 * a file that is named by the hash of everything that decides them: the code that loads, the definitions of the base, the day. It
 * fails no command: what cannot be read is loaded again.
 */
export class KnownBases {
  private constructor(
    private readonly folder: string,
    private readonly code: string,
  ) {}

  /** The bases of a command; undefined if outputs are not stored, or if this code was not bundled by `launch.mjs`, as in tests. */
  static of(environment: NodeJS.ProcessEnv): KnownBases | undefined {
    const store = OutputStore.of(environment)?.location;
    if (store === undefined || typeof LOADING_CODE === "undefined") return undefined;
    const code = [LOADING_CODE, ownExtensions().code, process.version].join(" ");
    return new KnownBases(join(store.directory, store.program), code);
  }

  /** Returns the clusters of a base without their texts; undefined if they are not known. */
  read(request: BaseRequest): BaseTexts | undefined {
    try {
      const key = this.keyOf(request);
      const [checksum, text = ""] = readFileSync(this.fileOf(key), "utf8").split("\n");
      if (checksum !== hash(key, text)) return undefined;
      return { clusters: JSON.parse(text) as BaseText[], refused: undefined, hasPrograms: false };
    } catch {
      return undefined;
    }
  }

  /** Keeps the clusters of a base, unless something outside of it decides some of them: a refused file or a release's program. */
  write(request: BaseRequest, { clusters, hasPrograms, refused }: BaseTexts): void {
    if (refused !== undefined || hasPrograms) return;
    try {
      const key = this.keyOf(request);
      const file = this.fileOf(key);
      const text = JSON.stringify(clusters.map(({ text: _, ...cluster }) => cluster));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.${process.pid}`, `${hash(key, text)}\n${text}`);
      renameSync(`${file}.${process.pid}`, file);
    } catch {} // the next command loads it again
  }

  private keyOf({ base: { directory = "", shipped }, names, today }: BaseRequest): string {
    return hash(
      this.code,
      JSON.stringify([today, names, directory, shipped]),
      ...contents(directory),
      ...contents(shipped),
    );
  }

  private fileOf(key: string): string {
    return join(this.folder, `base-${key}`);
  }
}

/** Returns the path and the content of each file of a folder. */
function contents(folder: string): (Buffer | string)[] {
  if (folder === "") return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((file) => [relative(folder, file), readFileSync(file)]);
}

/** Returns a hash of contents, and of where each ends. */
function hash(...contents: readonly (Buffer | string)[]): string {
  const all = createHash("sha256");
  for (const each of contents) all.update(`${Buffer.byteLength(each)}:`).update(each);
  return all.digest("hex");
}

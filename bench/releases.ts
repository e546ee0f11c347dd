import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clusterName } from "./generated-fleet";
import { ratio } from "./processes";
import { type Benchmark, firstSynth, fleet, work } from "./workspace";

const SIZE = 200;
const VERSION = "0.0.1";

/** Two releases: a fleet with one, and the same fleet whose second half is built by the program of another. */
export const RELEASES: readonly Benchmark[] = [
  {
    name: "two-releases",
    what: `${SIZE} clusters on two releases, without one start of the other program, over the same on one`,
    bar: 1.3,
    unit: "ms",
    measure: async () => {
      const one = fleet(SIZE).directory;
      const two = withSecondRelease(one);
      const synth = async (directory: string, clusters?: string): Promise<number> => {
        const env = {
          DEFINITIONS_DIR: directory,
          CDKTF_OUTDIR: join(work, "releases"),
          FLEET_PROGRAMS_DIR: programs(),
        };
        return (await firstSynth({ ...env, ...(clusters !== undefined && { CLUSTER_NAME: clusters }) })).milliseconds;
      };
      const last = clusterName(SIZE - 1);
      await synth(two, last); // the other program's bundle is written
      const start = (await synth(two, last)) - (await synth(one, last));
      return ratio(
        3,
        async () => (await synth(two)) - start,
        () => synth(one),
      );
    },
  },
];

/** The other version of the program is this one: what is measured is that it is another process. */
function programs(): string {
  const folder = join(work, "programs");
  mkdirSync(folder, { recursive: true });
  if (!readdirSync(folder).includes(VERSION)) symlinkSync(process.cwd(), join(folder, VERSION));
  return folder;
}

function withSecondRelease(directory: string): string {
  const copy = `${directory}-two`;
  cpSync(directory, copy, { recursive: true });
  mkdirSync(join(copy, "releases"), { recursive: true });
  const stable = readFileSync("definitions/releases/2026.10.yaml", "utf8");
  writeFileSync(join(copy, "releases/second.yaml"), `program: ${VERSION}\n${stable}`);
  const files = readdirSync(join(copy, "clusters"), { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".yaml"),
  );
  for (const file of files) {
    const path = join(copy, "clusters", file);
    const index = Number(/cluster-(\d+)/.exec(file)?.[1]);
    if (index < SIZE / 2) continue;
    writeFileSync(path, readFileSync(path, "utf8").replace(/RELEASE_MODEL: \w+/, "RELEASE_MODEL: second"));
  }
  return copy;
}

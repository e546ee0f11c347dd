import { writeFileSync } from "node:fs";
import { rolloutPicture } from "../../../../operations/rollout/forecast/gantt";
import { type Outcome, simulate } from "./simulate";

/** Runs a year of rollouts over 200 clusters. SEED, CLUSTERS and DAYS in the environment choose others, and PICTURE a file for a picture of RELEASE. */
async function main(): Promise<void> {
  const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
  const options = { seed: number("SEED", 1), clusters: number("CLUSTERS", 200), days: number("DAYS", 365) };
  const started = performance.now();
  const outcome = await simulate(options);
  const { counts } = outcome;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${options.clusters} clusters, ${options.days} days, seed ${options.seed}: every promise was kept (${seconds} s)`,
  );
  const picture = process.env["PICTURE"];
  if (picture !== undefined) writeFileSync(picture, pictureOf(outcome, process.env["RELEASE"] ?? "2027.01"));
  for (const [what, count] of Object.entries(counts).sort()) console.log(`  ${what}: ${count}`);
}

/** Draws who got one release when. */
function pictureOf({ starts, world }: Outcome, release: string): string {
  const lengths = new Map(world.clusters.map(({ cluster }) => [cluster.name, cluster.length]));
  const own = starts.filter(({ target }) => target.release === release);
  const iso = (time: number): string => new Date(time).toISOString();
  const bars = own.map(({ at, cluster, wave }) => ({
    ...{ cluster, wave, release, starts: at },
    ends: iso(Date.parse(at) + (lengths.get(cluster) ?? 0)),
  }));
  const first = bars[0]?.starts ?? iso(world.begin);
  return rolloutPicture(
    {
      now: first,
      until: iso(world.end),
      starts: bars,
      held: [],
      waves: world.waves.map(({ name }) => ({ name, begins: null, ends: null, soaked: null })),
    },
    `Who got release ${release} when`,
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? (process.env["DEBUG"] ? error : error.message) : error);
  process.exitCode = 1;
});

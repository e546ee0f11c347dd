import { simulate } from "./simulate";

/** Runs a year of rollouts over 200 clusters. SEED, CLUSTERS and DAYS in the environment choose others. */
async function main(): Promise<void> {
  const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
  const options = { seed: number("SEED", 1), clusters: number("CLUSTERS", 200), days: number("DAYS", 365) };
  const started = performance.now();
  const { counts } = await simulate(options);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${options.clusters} clusters, ${options.days} days, seed ${options.seed}: every promise was kept (${seconds} s)`,
  );
  for (const [what, count] of Object.entries(counts).sort()) console.log(`  ${what}: ${count}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? (process.env["DEBUG"] ? error : error.message) : error);
  process.exitCode = 1;
});

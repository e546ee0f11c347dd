import { verifyMutations } from "./verify";
import { verifyFileMutations } from "./verify-files";

/**
 * `make verify-mutations`: loads many mutants of the samples' clusters, and half as many of all other files of a fleet; prints figures
 * and faults.
 */
const { MUTANTS = "100000", SEED = "1" } = process.env;
const seed = Number(SEED);
const others = Math.floor(Number(MUTANTS) / 3);
const runs = [
  { of: "clusters", verify: verifyMutations, mutants: Number(MUTANTS) - others },
  { of: "other files", verify: verifyFileMutations, mutants: others },
];
for (const { mutants, of, verify } of runs) {
  const started = Date.now();
  const { faults, ...figures } = verify({ seed, mutants, each: 20 });
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log({ of, seed, ...figures, faults: faults.length, seconds });
  for (const fault of faults.slice(0, 200)) console.log(fault);
  if (faults.length > 0) process.exitCode = 1;
}

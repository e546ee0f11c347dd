import { verifyMutations } from "./verify";

/** `make verify-mutations`: loads many mutants of the samples, and prints figures and faults. */
const { MUTANTS = "100000", SEED = "1" } = process.env;
const started = Date.now();
const { faults, ...figures } = verifyMutations({ seed: Number(SEED), mutants: Number(MUTANTS), each: 20 });
console.log({
  seed: Number(SEED),
  ...figures,
  faults: faults.length,
  seconds: Math.round((Date.now() - started) / 1000),
});
for (const fault of faults.slice(0, 200)) console.log(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

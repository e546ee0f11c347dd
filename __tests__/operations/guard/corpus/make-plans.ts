import { writeFileSync } from "node:fs";
import type { WorldName } from "./case";
import { CASES } from "./cases";
import { EXAMPLE_FILE, exampleText, readCorpus, withoutRepetitions, writeCorpus } from "./corpus";
import type { Json } from "./extra-stack";
import { EXAMPLE } from "./wider-cases";
import { openWorld } from "./world";

/**
 * Makes the plans of the corpus again, with the real Terraform and the offline providers: `npm run guard-plans`, or only those of the
 * cases whose worlds or ids contain a text: `npm run guard-plans -- roll`. It takes some minutes.
 */
async function main(wanted = ""): Promise<void> {
  const plans: Record<string, Json> = wanted === "" ? {} : { ...readCorpus() };
  const chosen = CASES.filter(({ id, world }) => id.includes(wanted) || world === wanted);
  for (const world of ["extra", "production", "development"] satisfies WorldName[]) {
    const cases = chosen.filter((each) => each.world === world);
    if (cases.length === 0) continue;
    const opened = await openWorld(world);
    try {
      for (const each of cases) {
        try {
          plans[each.id] = withoutRepetitions(await opened.plan(each));
        } catch (error) {
          process.exitCode = 1;
          console.error(`${each.id}: ${String(error).slice(0, 1500)}`);
        }
      }
    } finally {
      await opened.close();
    }
  }
  const example = plans[EXAMPLE.id];
  if (example !== undefined) writeFileSync(EXAMPLE_FILE, exampleText(example));
  writeCorpus(Object.fromEntries(CASES.flatMap(({ id }) => (plans[id] === undefined ? [] : [[id, plans[id]]]))));
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(String(error).slice(0, 2000));
  process.exitCode = 1;
});

import { definitionOf } from "../fleet/read/read-definition";
import { isSecretUnderKey } from "../fleet/secrets/keys";
import { secretInValue } from "../fleet/secrets/search";
import { parseYaml } from "../language/yaml/parse";
import { realValues } from "./real-values";
import { type Planted, plantedSecrets } from "./secret-corpus";

/** True if the secret of a file is refused. */
function isRefused({ file }: Planted): boolean {
  return definitionOf(parseYaml("x.yaml", Buffer.from(file))).problems.some(({ secret }) => secret === true);
}

/** Returns the share of refused secrets for each kind or place. */
function shares(by: "kind" | "place"): [name: string, share: number, count: number][] {
  return [...new Set(planted.map((each) => each[by]))].map((name) => {
    const group = planted.filter((each) => each[by] === name);
    return [name, 1 - missed.filter((each) => each[by] === name).length / group.length, group.length];
  });
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const planted = plantedSecrets(Number(process.env["SEED"] ?? 1));
const missed = planted.filter((each) => !isRefused(each));
process.stdout.write(`refused: ${percent(1 - missed.length / planted.length)} of ${planted.length} planted secrets\n`);
for (const by of ["place", "kind"] as const) {
  for (const [name, share, count] of shares(by))
    if (share < 1) process.stdout.write(`  ${by} ${name}: ${percent(share)} of ${count}\n`);
}
const values = realValues();
const alarms = values.filter(({ key, value }) => isSecretUnderKey(key, value) || secretInValue(value) !== undefined);
process.stdout.write(`false alarms: ${alarms.length} of ${values.length} values\n`);
for (const { key, value } of alarms) process.stdout.write(`  ${key}: ${value.slice(0, 100)}\n`);

import { realValues } from "../../../bench/real-values";
import { type Planted, plantedSecrets } from "../../../bench/secret-corpus";
import { definitionOf } from "../../../fleet/read/read-definition";
import { withoutSecrets } from "../../../fleet/read/secrets";
import { isSecretUnderKey } from "../../../fleet/secrets/keys";
import { secretInValue } from "../../../fleet/secrets/search";
import { formatProblem } from "../../../language/problem";
import { parseYaml } from "../../../language/yaml/parse";
import { oneOfEvery } from "../../support/jest/cases";

const LEAST_REFUSED = 0.95;
const MOST_ALARMS = 1 / 1000;

const judged = oneOfEvery(11, plantedSecrets(7)).map((planted) => {
  const { problems } = definitionOf(parseYaml("x.yaml", Buffer.from(planted.file)));
  return { ...planted, problems, refused: problems.some(({ secret }) => secret === true) };
});

/** Returns the names of groups of which too few are refused, with their shares. */
function tooFew(by: keyof Pick<Planted, "kind" | "place">): string[] {
  return [...new Set(judged.map((each) => each[by]))].flatMap((name) => {
    const group = judged.filter((each) => each[by] === name);
    const share = group.filter(({ refused }) => refused).length / group.length;
    return share < LEAST_REFUSED ? [`${name}: ${share}`] : [];
  });
}

describe("planted secrets", () => {
  test("are of many kinds, in many places", () => {
    expect(new Set(judged.map(({ kind }) => kind)).size).toBeGreaterThan(200);
    expect(new Set(judged.map(({ place }) => place)).size).toBeGreaterThan(35);
  });

  test("are refused in every place", () => {
    expect(tooFew("place")).toEqual([]);
  });

  test("are refused whatever their kind", () => {
    expect(tooFew("kind")).toEqual([]);
  });

  test("are in no message", () => {
    const repeated = judged.filter(({ problems, secret }) =>
      problems.map(withoutSecrets).map(formatProblem).join("\n").includes(secret),
    );
    expect(repeated.map(({ kind, place }) => `${kind} in ${place}`)).toEqual([]);
  });
});

test("at most one in a thousand real values is reported as a secret", () => {
  const values = realValues();
  const tried = oneOfEvery(10, values);
  const alarms = tried.filter(({ key, value }) => isSecretUnderKey(key, value) || secretInValue(value) !== undefined);

  expect(values.length).toBeGreaterThan(20_000);
  expect(alarms.length / tried.length).toBeLessThanOrEqual(MOST_ALARMS);
});

import { map, number, runsWithOneMistake } from "./support/one-mistake";

/** Runs with more than one error, and why: in each, the second error is about the same value or about what it takes away. */
const EXPLAINED: Readonly<Record<string, string>> = {
  "everything.dev.example.com.yaml tfvars.addons": "the token of Teleport is left without its addon",
  "ml.eks.example.com.yaml tfvars.workers.0.bottlerocket_settings.kernel.sysctl.net.core.somaxconn":
    "the map is a table whose name requires quotes",
};

test("a map in place of any value is reported once, except where the test explains why not", () => {
  const runs = runsWithOneMistake(map);
  const more = runs.filter(({ errors }) => errors.length > 1);
  const explained = runs.filter(({ what }) => Object.hasOwn(EXPLAINED, what));

  expect(more.map(({ what }) => what).sort()).toEqual(explained.map(({ what }) => what).sort());
});

test("a number in place of any value is reported once", () => {
  expect(runsWithOneMistake(number).filter(({ errors }) => errors.length > 1)).toEqual([]);
});

import { problemsOf, SMALLEST } from "../../support/definitions";

const FILE = "clusters/a.example.com.yaml";
const EMPTY =
  "must be a map of keys, got nothing, which removes the value of the layers below. Remove this line, or write {}";

test.each([
  ["  worker_defaults:\n", "8:19 tfvars.worker_defaults"],
  ["  worker_defaults:\n    root_volume:\n", "9:17 tfvars.worker_defaults.root_volume"],
  ["  networking:\n", "8:14 tfvars.networking"],
  ["  cluster:\n    kms:\n", "9:9 tfvars.cluster.kms"],
  ["      kubelet:\n", "8:15 tfvars.workers[general].kubelet"],
  ["  addons:\n    traefik:\n", "9:13 tfvars.addons.traefik"],
])("a key left empty is one problem: %j", (text, place) => {
  expect(problemsOf({ [FILE]: `${SMALLEST}${text}` })).toEqual([`${FILE}:${place}: ${EMPTY}`]);
});

test("a key left empty in a layer is one problem there, whatever its clusters write below the key", () => {
  const cluster = `${SMALLEST}  worker_defaults: { min_size: 1 }\n`;
  expect(problemsOf({ [FILE]: cluster, "tiers/production.yaml": "tfvars:\n  worker_defaults:\n" })).toEqual([
    `tiers/production.yaml:2:19 tfvars.worker_defaults: ${EMPTY}`,
  ]);
});

test("null removes a map that a definition need not have", () => {
  expect(problemsOf({ [FILE]: `${SMALLEST}      warm_pool:\n` })).toEqual([]);
});

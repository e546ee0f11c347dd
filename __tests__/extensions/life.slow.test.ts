import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { Store } from "../../offline/store/store";
import type { DeployReport } from "../../operations/deploy/report";
import type { DestroyReport } from "../../operations/destroy/report";
import { edit } from "../support/offline-cluster";
import { type Run, run, scratch, synthesizeFleet } from "../support/run-program";

const CLUSTER = "tools.dev.example.com";
const STACKS = ["networking", "eks-cluster", "eks-workers", "addons", "artifacts"];

/** An addon of the repository that EKS installs. */
const ADDON = `import { defineEksAddon, z } from "cluster-fleet/contracts";

export default defineEksAddon({
  name: "acme_observer",
  eks_name: "acme-observer",
  summary: "Reports what pods open",
  namespace: "acme-observer",
  requires: [],
  after: ["coredns"],
  conflicts_with: [],
  options: z.strictObject({ level: z.enum(["info", "debug"]).default("info").describe("What is reported.") }),
  values: (_cluster, { level }) => ({ level }),
});
`;

const work = scratch();
const definitions = join(work.path, "definitions");
const store = new Store(join(work.path, "store"));
let providers: OfflineProviders;

const fleet = (...args: string[]): Promise<Run> =>
  run("sh", ["-c", 'cd "$0" && exec "$@"', work.path, resolve("cli/fleet.mjs"), ...args], {
    ...providers.env,
    CLUSTER_NAME: undefined,
    DEFINITIONS_DIR: definitions,
    FLEET_LOCAL_STATE: join(work.path, "state"),
    PATH: `${join(work.path, "bin")}:${process.env["PATH"]}`,
  });

/** Returns how each stack of the cluster ended, in the order in which they ran. */
const outcomesOf = ({ stderr, stdout }: Run): string[] => {
  if (stdout === "") throw new Error(stderr);
  const { clusters } = JSON.parse(stdout) as DeployReport | DestroyReport;
  return clusters.flatMap(({ stacks }) => stacks.map(({ outcome, stack }) => `${stack} ${outcome}`));
};

const observers = () => store.objects("aws_eks_addon").filter(({ state }) => state["addon_name"] === "acme-observer");

beforeAll(async () => {
  cpSync("docs/examples/extensions", work.path, { recursive: true });
  writeFileSync(join(work.path, "extensions/addons/acme-observer.ts"), ADDON);
  edit(
    join(definitions, "extensions.yaml"),
    "\ncharts:",
    "\neks_addons: { acme-observer: v1.2.0-eksbuild.1 }\ncharts:",
  );
  edit(
    join(definitions, `clusters/${CLUSTER}.yaml`),
    "    acme_portal:\n",
    "    acme_observer: { enabled: true, options: { level: debug } }\n    acme_portal:\n",
  );
  mkdirSync(join(work.path, "bin"));
  writeFileSync(join(work.path, "bin/aws"), "#!/bin/sh\necho '{}'\n");
  chmodSync(join(work.path, "bin/aws"), 0o755);
  await synthesizeFleet(join(work.path, "types"), definitions);
  providers = await startOfflineProviders({
    stacks: [join(work.path, "types/stacks")],
    storeDirectory: join(work.path, "store"),
  });
});

afterAll(async () => {
  await providers.close();
  work.remove();
});

test("a cluster is deployed with its fifth stack last, and with the EKS add-on of the repository at its version", async () => {
  expect(outcomesOf(await fleet("deploy", CLUSTER, "--approve", "--json"))).toEqual(
    STACKS.map((stack) => `${stack} applied`),
  );
  expect(observers().map(({ state }) => [state["addon_version"], state["configuration_values"]])).toEqual([
    ["v1.2.0-eksbuild.1", '{"level":"debug"}'],
  ]);
});

test("a change of its options changes only the stack addons", async () => {
  edit(join(definitions, `clusters/${CLUSTER}.yaml`), "level: debug", "level: info");

  expect(outcomesOf(await fleet("deploy", CLUSTER, "--approve", "--json"))).toEqual(
    STACKS.map((stack) => `${stack} ${stack === "addons" ? "applied" : "unchanged"}`),
  );
  expect(observers().map(({ state }) => state["configuration_values"])).toEqual(['{"level":"info"}']);
});

test("a cluster is destroyed with its fifth stack first", async () => {
  const destroyed = await fleet("destroy", CLUSTER, "--approve", CLUSTER, "--skip-cleanup", "--json");

  expect(outcomesOf(destroyed)).toEqual([...STACKS].reverse().map((stack) => `${stack} applied`));
  expect(store.objects()).toEqual([]);
});

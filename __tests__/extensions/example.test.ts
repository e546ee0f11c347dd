import "../support/extended/example"; // first: extensions are chosen when the program is loaded
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { referenceText } from "../../cli/generate";
import { load } from "../../cli/library/fleet";
import { checkFleet, loadFleet } from "../../fleet/load";
import { planCluster } from "../../fleet/plan/cluster-plan";
import { jsonSchema } from "../../fleet/schema/json-schema";
import { formatProblem } from "../../language/problem";
import { byHook } from "../../operations/explain/by-hook";
import { elementsOf } from "../../operations/explain/elements";
import type { WhatIf } from "../../operations/explain/what-if";
import { fleetGraph } from "../../operations/graph/fleet-graph";
import { listClusters } from "../../operations/list/list";
import { renderCluster } from "../../synth/render-cluster";
import { synthesizeCluster } from "../../synth/synthesize-cluster";
import { EXAMPLE } from "../support/extended/example";
import { withExample } from "../support/extended/with-example";
import { scratch } from "../support/run-program";

const work = scratch();
afterAll(() => work.remove());

const TODAY = "2026-11-30";
const OPTIONS = { directory: EXAMPLE, shipped: "definitions", today: TODAY };
const [cluster] = loadFleet(OPTIONS).clusters;
if (cluster === undefined) throw new Error("the example has no cluster");
const stacks = renderCluster(cluster, work.path);
const textOf = (stack: string): string => JSON.stringify(stacks.get(stack as "addons"));

test("has no problem", () => {
  expect(checkFleet(OPTIONS).problems.map(formatProblem)).toEqual([]);
});

describe("the addon", () => {
  test("is planned at the version of the cluster's release, after what it requires", () => {
    const { enabled } = planCluster(cluster).addons;
    const names = enabled.map(({ name }) => String(name));

    expect(enabled.at(names.indexOf("acme_portal"))).toMatchObject({
      version: "1.5.0",
      options: { replicas: 2, theme: "dark" },
    });
    expect(names.indexOf("acme_portal")).toBeGreaterThan(names.indexOf("coredns"));
  });

  test("is a Helm release with its values, and a role with its permissions", () => {
    expect(textOf("addons")).toContain("oci://registry.acme.example/charts");
    expect(textOf("addons")).toContain('\\"theme\\":\\"dark\\"');
    expect(textOf("addons")).toContain("ReadThisCluster");
  });
});

describe("the check", () => {
  const problemsOf = (edit: (text: string) => string, name = "tools.dev.example.com") =>
    withExample(name, edit, (directory) => checkFleet({ ...OPTIONS, directory }).problems);

  test("reports a name that does not show the tier, as an error under its own id", () => {
    const name = "tools.eks.example.com";
    const [problem, ...others] = problemsOf((text) => text.replace("tools.dev.example.com", name), name);

    expect(problem).toMatchObject({
      rule: "extension/environments",
      severity: "error",
      path: "meta.CLUSTER_NAME",
      message: "must end in .dev.example.com, because its tier is development",
    });
    expect(others).toEqual([]);
  });

  test("reports a group without a team, as a warning at the group", () => {
    expect(problemsOf((text) => text.replace("acme.example/team", "team"))).toMatchObject([
      { rule: "extension/environments", severity: "warning", path: "tfvars.workers[general]", place: { line: 9 } },
    ]);
  });
});

describe("the stack", () => {
  test("is the fifth stack of the cluster, after those of the program", () => {
    expect(listClusters({ clusters: [cluster], support: {} }, { today: TODAY }).clusters[0]?.stacks).toEqual([
      "tools-dev-example-com-networking",
      "tools-dev-example-com-eks-cluster",
      "tools-dev-example-com-eks-workers",
      "tools-dev-example-com-addons",
      "tools-dev-example-com-artifacts",
    ]);
  });

  test("has a state and tags as the others, and reads the outputs of networking", () => {
    expect(textOf("artifacts")).toContain('"key":"tools.dev.example.com/artifacts.tfstate"');
    expect(textOf("artifacts")).toContain('"Stack":"artifacts"');
    expect(textOf("artifacts")).toContain("${data.terraform_remote_state.networking.outputs.vpc_id}");
  });

  test("is in the graph, with the stacks that it reads and follows", () => {
    const edges = fleetGraph("fleet", [cluster], [cluster], 2).edges.filter(({ to }) => to.endsWith("artifacts"));

    expect(edges.map(({ from, kind }) => [from.replace("tools-dev-example-com-", ""), kind])).toEqual([
      ["networking", "handover"],
      ["eks-cluster", "handover"],
      ["addons", "order"],
    ]);
  });
});

describe("the hook", () => {
  test("adds the tag to every stack", () => {
    for (const stack of stacks.keys())
      expect([stack, textOf(stack).includes('"CostCentre":"4711"')]).toEqual([stack, true]);
  });

  test("changes no resource of the program", () => {
    const without = renderCluster(cluster, work.path, { hook: false });

    for (const stack of ["networking", "eks-cluster", "eks-workers", "addons"] as const)
      expect(stacks.get(stack)?.["resource"]).toEqual(without.get(stack)?.["resource"]);
  });

  test("stops a cluster whose team has no cost centre, with the reason", () => {
    const other = { ...cluster, meta: { ...cluster.meta, OWNER: "nobody" } };

    expect(() => synthesizeCluster(other, work.path)).toThrow(
      "docs/examples/extensions/extensions/hook.ts:1:1 error: tools.dev.example.com cannot be synthesized: [tools-dev-example-com-networking/aws] no cost centre is known for nobody",
    );
  });

  test("is named in an explanation with the attributes that it changed", () => {
    const whatIf = {
      baseline: { rendered: elementsOf(stacks) },
      withoutHook: () => elementsOf(renderCluster(cluster, work.path, { hook: false })).get("networking"),
    } as unknown as WhatIf;

    expect(byHook(whatIf, "networking", "provider.aws")).toEqual(["default_tags"]);
    expect(byHook(whatIf, "networking", "aws_vpc.network_39EEAA36")).toEqual([]);
  });
});

test("the addon and the stack are in the JSON Schema", () => {
  const schema = jsonSchema("cluster", {}) as {
    properties: { tfvars: { properties: Record<string, { properties: Record<string, unknown> }> } };
  };
  const { addons, stacks: own } = schema.properties.tfvars.properties;

  expect(Object.keys(own?.properties ?? {})).toEqual(["artifacts"]);
  expect(Object.keys(addons?.properties ?? {})).toEqual(expect.arrayContaining(["acme_portal", "acme_portal_enabled"]));
});

test("the reference of the repository has a section for the addon and one for its stacks", () => {
  const page = referenceText(EXAMPLE, "definitions");

  expect(page).toContain(
    "#### acme_portal\n\nShows developers what runs on the cluster. Requires coredns. Conflicts with headlamp.",
  );
  expect(page).toContain("| `artifacts.options.keep` | true, false | `true` |");
});

test("the library refuses definitions whose extensions are not those of the process", () => {
  const other = join(work.path, "other");
  mkdirSync(join(other, "extensions"), { recursive: true });
  writeFileSync(join(other, "extensions/hook.ts"), "");

  expect(() => load({ directory: join(other, "definitions") })).toThrow(
    "other/extensions is not read, because extensions are chosen when the program is loaded. Set DEFINITIONS_DIR=",
  );
});

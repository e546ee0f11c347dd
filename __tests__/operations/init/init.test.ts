import { parse } from "yaml";
import { answersOf } from "../../../operations/init/answers";
import { type InitOptions, type InitPlan, planInit } from "../../../operations/init/init";
import type { Program } from "../../../operations/init/program";
import { PIPELINE } from "../../../pipelines/concourse/names";

const PROGRAM: Program = {
  name: "cluster-fleet",
  version: "1.2.3",
  spec: "1.2.3",
  install: "npm install",
  cdktfCli: "0.21.0",
  node: ">=20.12",
  tiers: new Map([["development", "# What it brings (docs/platform.md).\ntfvars: {}\n"]]),
  channels: { insiders: "2026.12", stable: "2026.11" },
  serviceRange: "10.64.0.0/16",
};

const ANSWERS = answersOf({ accountId: "123456789012", region: "eu-west-1", domain: "dev.example.com" });

type Given = Partial<InitOptions> & { readonly has?: ReadonlyMap<string, string> };

function plan({ has = new Map(), ...options }: Given = {}): InitPlan {
  return planInit({
    folder: "clusters",
    answers: ANSWERS,
    withCluster: true,
    partition: "aws",
    program: PROGRAM,
    accounts: [],
    clusters: [],
    existing: (path) => {
      const text = has.get(path);
      return text === undefined ? undefined : { text };
    },
    ...options,
  });
}

const CLUSTER = "definitions/clusters/platform/first.dev.example.com.yaml";
const whole = plan().writes;
const textOf = (path: string, { writes } = plan()): string => writes.get(path) ?? "";
const stateOf = ({ files }: InitPlan, path: string) => {
  const { note, state } = files.find((file) => file.path === path) ?? {};
  return [state, note];
};

test("a new repository gets these files", () => {
  expect([...whole.keys()]).toEqual([
    "package.json",
    "cdktf.json",
    "main.ts",
    ".vscode/settings.json",
    ".vscode/extensions.json",
    ".gitignore",
    ".pre-commit-config.yaml",
    "README.md",
    "definitions/channels.yaml",
    "definitions/tiers/development.yaml",
    "definitions/accounts/sandbox.yaml",
    CLUSTER,
    "definitions/ranges.yaml",
  ]);
});

test("main.ts has three lines", () => {
  expect(textOf("main.ts")).toBe('import { main } from "cluster-fleet";\n\nmain();\n');
});

test("the package depends on the exact version of the program", () => {
  expect(JSON.parse(textOf("package.json"))).toEqual({
    name: "clusters",
    private: true,
    engines: { node: ">=20.12" },
    dependencies: { "cluster-fleet": "1.2.3" },
    devDependencies: { "cdktf-cli": "0.21.0" },
  });
});

test.each([
  ["My Clusters (EU)", "my-clusters-eu-"],
  ["_.clusters", "clusters"],
  ["***", "clusters"],
  ["cluster-fleet", "cluster-fleet-definitions"],
])("a folder named %s gives the package the name %s", (folder, name) => {
  expect(JSON.parse(textOf("package.json", plan({ folder })))).toMatchObject({ name });
});

test("channels name the releases of the program, so that a newer version moves no cluster", () => {
  expect(parse(textOf("definitions/channels.yaml"))).toEqual({ insiders: "2026.12", stable: "2026.11" });
});

test("tiers are those of the program, without its pages, which the repository does not have", () => {
  expect(textOf("definitions/tiers/development.yaml")).toBe("# What it brings.\ntfvars: {}\n");
});

test("the first cluster gets a range of the pool that is not the Services'", () => {
  expect([parse(textOf(CLUSTER)), parse(textOf("definitions/ranges.yaml"))]).toMatchObject([
    { tfvars: { networking: { vpc_cidr: "10.65.0.0/16" } } },
    { sandbox: { "10.65.0.0/16": "first.dev.example.com" } },
  ]);
});

test("ARNs are of the region's partition", () => {
  expect(textOf("definitions/accounts/sandbox.yaml", plan({ partition: "aws-us-gov" }))).toContain(
    "deploy: arn:aws-us-gov:iam::123456789012:role/cluster-deploy",
  );
});

test("a zone that is known is in the account, and the cluster publishes its hostnames there", () => {
  const answers = { ...ANSWERS, hostedZone: "Z0123456EXAMPLE" };
  const { writes } = plan({ answers });

  expect(parse(writes.get("definitions/accounts/sandbox.yaml") ?? "")).toMatchObject({
    hosted_zones: { "dev.example.com": "Z0123456EXAMPLE" },
  });
  expect(parse(writes.get(CLUSTER) ?? "")).toMatchObject({
    tfvars: { cluster: { k8s_base_domain: "first.dev.example.com" } },
  });
  const elsewhere = plan({ answers: { ...answers, clusterName: "first.example.net" } }).writes;
  expect(parse(elsewhere.get("definitions/clusters/platform/first.example.net.yaml") ?? "")).not.toHaveProperty(
    "tfvars.cluster",
  );
});

describe("a second run", () => {
  test("writes nothing if nothing changed", () => {
    const again = plan({ has: whole, accounts: ["sandbox"], clusters: ["first.dev.example.com"] });

    expect([again.writes.size, new Set(again.files.map(({ state }) => state))]).toEqual([0, new Set(["unchanged"])]);
  });

  test.each([...whole.keys()])("writes %s if only that is missing", (missing) => {
    const has = new Map([...whole].filter(([path]) => path !== missing));
    const clusters = missing === CLUSTER ? [] : ["first.dev.example.com"];

    expect([...plan({ has, clusters }).writes.keys()]).toEqual([missing]);
  });

  test.each([...whole.keys()])("leaves %s as it is if it was changed", (changed) => {
    const has = new Map(whole).set(changed, "{}");
    const again = plan({ has, clusters: ["first.dev.example.com"] });

    expect([again.writes.size, stateOf(again, changed)[0]]).toEqual([0, "kept"]);
  });

  test("needs no answers, and then writes what does not depend on them", () => {
    const has = new Map([["definitions/accounts/main.yaml", "id: x\n"]]);
    const again = plan({ answers: undefined, has, accounts: ["main"], clusters: ["web.example.com"] });

    expect([...again.writes.keys()].filter((path) => /accounts|clusters|ranges/.test(path))).toEqual([]);
    expect(again.writes.get("README.md")).toContain("definitions/accounts/main.yaml");
    expect(again.writes.get("README.md")).toContain("npx fleet plan web.example.com");
    expect(again.cluster).toBe("web.example.com");
  });

  test("adds no first cluster beside others, whose ranges it does not know", () => {
    const again = plan({ clusters: ["web.example.com"] });

    expect([again.writes.has(CLUSTER), again.writes.has("definitions/ranges.yaml"), again.cluster]).toEqual([
      false,
      false,
      null,
    ]);
    expect(stateOf(again, CLUSTER)).toEqual([
      "skipped",
      "there are other clusters already. npx fleet new first.dev.example.com writes it, with a range that is free",
    ]);
  });

  test("adds no first cluster if ranges.yaml reserves ranges for others", () => {
    const again = plan({ has: new Map([["definitions/ranges.yaml", "sandbox:\n  10.65.0.0/16: web.example.com\n"]]) });

    expect([again.writes.has(CLUSTER), stateOf(again, CLUSTER)[0]]).toEqual([false, "skipped"]);
  });
});

describe("a file that stays and lacks something", () => {
  const noteOf = (path: string, text: string) => stateOf(plan({ has: new Map([[path, text]]) }), path);

  test.each([
    [
      "package.json",
      '{ "name": "web" }',
      "lacks packages of this version. Run npm install --save-exact cluster-fleet@1.2.3, then npm install --save-dev --save-exact cdktf-cli@0.21.0",
    ],
    [
      "package.json",
      '{ "name": "web", "dependencies": { "cluster-fleet": "1.2.3", "cdktf-cli": "0.20.0" } }',
      "lacks packages of this version. Run npm install --save-dev --save-exact cdktf-cli@0.21.0",
    ],
    ["package.json", "{", "is no JSON object. Repair it"],
    [".gitignore", "/node_modules\n", "lacks cdktf.out/, .fleet/. Add a line for each"],
    [
      "cdktf.json",
      '{ "app": "node app.js" }',
      "runs another app. npx cdktf does not see the clusters of this repository",
    ],
    ["main.ts", "console.log(1);\n", "does not import cluster-fleet"],
    [".vscode/settings.json", "{}", "lacks yaml.schemas, by which an editor finds the schemas of definitions"],
    [".pre-commit-config.yaml", "repos: []\n", "lacks the hook fleet-validate"],
  ])("%s with %j is reported", (path, text, note) => {
    expect(noteOf(path, text)).toEqual(["kept", note]);
  });

  test.each([
    ["package.json", '{ "scripts": {}, "dependencies": { "cluster-fleet": "^1.0.0", "cdktf-cli": "0.21.0" } }'],
    [".gitignore", "/node_modules\ncdktf.out\r\n.fleet/\n*.log\n"],
    ["README.md", "# Ours\n"],
  ])("%s with %j lacks nothing", (path, text) => {
    expect(noteOf(path, text)).toEqual(["kept", null]);
  });
});

test("a package.json that npm install created gets what it lacks, and keeps other packages", () => {
  const text = '{"dependencies":{"cluster-fleet":"^1.2.3","yaml":"2.9.1"}}';
  const completed = plan({ has: new Map([["package.json", text]]) });

  expect(stateOf(completed, "package.json")).toEqual(["completed", null]);
  expect(JSON.parse(textOf("package.json", completed))).toMatchObject({
    name: "clusters",
    dependencies: { "cluster-fleet": "1.2.3", yaml: "2.9.1" },
    devDependencies: { "cdktf-cli": "0.21.0" },
  });
});

test("a file that cannot be read stays, and the reason is shown", () => {
  const again = plan({
    existing: (path) => (path === "README.md" ? { unreadable: "cannot be read: EISDIR" } : undefined),
  });

  expect([again.writes.has("README.md"), stateOf(again, "README.md")]).toEqual([
    false,
    ["kept", "cannot be read: EISDIR"],
  ]);
});

/** Returns `bootstrap` of the account for a CI system. */
function trustOf(ci: string, issuer?: string): Record<string, unknown> {
  const answers = answersOf({
    ...{ accountId: "123456789012", region: "eu-west-1", domain: "dev.example.com" },
    ...{ ci, issuer, repository: "acme/clusters" },
  });
  const { bootstrap } = parse(textOf("definitions/accounts/sandbox.yaml", plan({ answers }))) as {
    bootstrap: Record<string, unknown>;
  };
  return bootstrap;
}

test("the account trusts the jobs of the CI system that runs the pipelines", () => {
  const issuer = "https://ci.example.com";

  expect(trustOf("github")["github"]).toEqual([{ repository: "acme/clusters" }]);
  expect(trustOf("gitlab")["gitlab"]).toEqual([{ project: "acme/clusters" }]);
  expect(trustOf("concourse", issuer)["concourse"]).toEqual([
    { issuer, team: "main", pipelines: [PIPELINE.changes, PIPELINE.upkeep, PIPELINE.cluster] },
  ]);
  expect(trustOf("prow", issuer)["prow"]).toEqual([
    {
      issuer,
      namespace: "test-pods",
      service_accounts: { plan: "fleet-plan", apply: "fleet-apply", destroy: "fleet-destroy" },
    },
  ]);
  expect(Object.keys(trustOf("none"))).toEqual(["principals"]);
});

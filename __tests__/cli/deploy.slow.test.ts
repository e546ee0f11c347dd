import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { STACKS, stateKey } from "../../fleet/model/stacks";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { Store } from "../../offline/store/store";
import type { DeployReport, PlanReport } from "../../operations/deploy/report";
import type { DestroyReport } from "../../operations/destroy/report";
import type { RecordedReport } from "../../operations/rollout/report";
import { wrongInAnswer } from "../support/answer";
import { edit } from "../support/offline-cluster";
import { PseudoTerminal } from "../support/pseudo-terminal";
import { type Run, run, scratch, synthesizeFleet } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const CLUSTER = "insiders.dev.example.com";
const PROTECTED = "production.eks.example.com";
const SLUG = "insiders-dev-example-com";
const PEERED = "shared.eks.example.com";
const PEER = "batch.eks.example.com";
const PROTECTION = "  cluster: { deletion_protection: true }\n";
const SERVICES = JSON.stringify({
  items: [{ metadata: { namespace: "shop", name: "web" }, spec: { type: "LoadBalancer" } }],
});
const ROLLOUTS = `records: records
waves: [{ name: all, soak: 1h, healthy: [applied] }]
health_checks: { applied: { check: stacks, timeout: 5m } }
`;
const TAGS = "    tags: { Changed: sure }\n";
const work = scratch();
const definitions = join(work.path, "definitions");
const definition = join(definitions, `clusters/platform/${CLUSTER}.yaml`);
/** The definition of another cluster. */
const other = join(definitions, "clusters/platform/staging.dev.example.com.yaml");
const plans = join(work.path, "plans");
const store = join(work.path, "store");
const failuresFile = join(work.path, "failures.json");
const tools = join(work.path, "bin");
let providers: OfflineProviders;

const IN_WORK = ["-c", 'cd "$0" && exec "$@"', work.path, resolve("cli/fleet.mjs")];
const environment = (): Record<string, string | undefined> => ({
  ...providers.env,
  CLUSTER_NAME: undefined,
  DEFINITIONS_DIR: definitions,
  FLEET_LOCAL_STATE: join(work.path, "state"),
  PATH: `${tools}:${process.env["PATH"]}`,
});

/** Runs the command where nothing else writes, against the simulated cloud. */
const fleet = (...args: string[]): Promise<Run> => run("sh", [...IN_WORK, ...args], environment());

/** Runs it in a terminal. Each text is waited for, and then answered, after some other work. */
async function asked(
  args: readonly string[],
  answers: readonly (readonly [text: string, keys: string, meanwhile?: () => Promise<void> | void])[],
): Promise<{ readonly code: number; readonly screen: string }> {
  const terminal = new PseudoTerminal("sh", [...IN_WORK, ...args], environment(), { columns: 200, rows: 200 });
  try {
    for (const [text, keys, meanwhile] of answers) {
      await terminal.shows(text);
      await meanwhile?.();
      terminal.type(keys);
    }
    const code = await terminal.ended;
    return { code, screen: terminal.lines().join("\n") };
  } finally {
    terminal.close();
  }
}

/** Stands in for a tool that calls a cloud. Its arguments are in `$*`. */
function pretend(tool: string, script: string): void {
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, tool), `#!/bin/sh\n${script}\n`);
  chmodSync(join(tools, tool), 0o755);
}

const outcomes = ({ stdout }: Pick<Run, "stdout">): string[] =>
  (JSON.parse(stdout) as DeployReport).clusters.flatMap(({ stacks }) => stacks.map(({ outcome }) => outcome));

beforeAll(async () => {
  cpSync(SAMPLE_FLEET, definitions, { recursive: true });
  await synthesizeFleet(join(work.path, "types"), definitions, [CLUSTER, PEERED].join(","));
  providers = await startOfflineProviders({
    stacks: [join(work.path, "types/stacks")],
    storeDirectory: store,
    failuresFile,
  });
});

afterAll(async () => {
  await providers.close();
  work.remove();
});

test("without a terminal, approval or plans nothing starts", async () => {
  const [deploy, destroy] = await Promise.all([fleet("deploy", CLUSTER), fleet("destroy", CLUSTER)]);
  expect(deploy).toEqual({
    code: 1,
    stdout: "",
    stderr: "approval requires a terminal. Use --approve, or --plans with plans that were reviewed\n",
  });
  expect([destroy.code, destroy.stderr]).toEqual([1, expect.stringContaining(`Use --approve ${CLUSTER}\n`)]);
});

test("a command without a cluster, or with an unknown one, is refused before its approval is missed", async () => {
  for (const approved of [[], ["--approve"]]) {
    const [none, unknown] = await Promise.all([fleet("deploy", ...approved), fleet("deploy", "nope*", ...approved)]);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining("no cluster is named")]);
    expect([unknown.code, unknown.stderr]).toEqual([
      1,
      expect.stringContaining(`no cluster's name matches "nope*". Known: `),
    ]);
  }
});

test("a folder that cannot keep the plans is refused before anything is planned", async () => {
  const { code, stdout, stderr } = await fleet("plan", CLUSTER, "--out", join(definitions, "channels.yaml"));
  expect([code, stdout, stderr.split("\n").at(-2)]).toEqual([
    1,
    "",
    expect.stringMatching(/channels\.yaml cannot be used for plans: ENOTDIR$/),
  ]);
  expect(stderr).not.toContain(`plan ${CLUSTER}`);
});

test("a protected cluster is not destroyed, not even by its name", async () => {
  const { code, stderr } = await fleet("destroy", PROTECTED, "--approve", PROTECTED);
  expect([code, stderr]).toEqual([1, expect.stringContaining(`${PROTECTED} has deletion_protection. Set`)]);
});

test("a plan of a stack whose stack before was never applied waits for it, and is no failure", async () => {
  const { code, stdout } = await fleet("plan", CLUSTER, "--stack", "eks-workers", "--skip-rehearsal", "--json");
  const [stack] = (JSON.parse(stdout) as PlanReport).clusters[0]?.stacks ?? [];

  expect([code, stack]).toEqual([
    0,
    expect.objectContaining({ stack: "eks-workers", changes: null, waits_for: "networking", errors: [] }),
  ]);
});

test("a cluster whose peer was never deployed waits for it in a plan, with the numbers of a rehearsal, and its deploy names the order", async () => {
  const planned = await fleet("plan", PEERED, "--json");
  const deployed = await fleet("deploy", PEERED, "--approve");

  const [networking, ...others] = (JSON.parse(planned.stdout) as PlanReport).clusters[0]?.stacks ?? [];
  expect([planned.code, wrongInAnswer("plan", planned.stdout)]).toEqual([0, null]);
  expect([networking?.source, networking?.waits_for, networking?.waits_for_cluster]).toEqual([
    ...["rehearsal", "networking", PEER],
  ]);
  expect(networking?.changes?.create.some((address) => address.startsWith("aws_vpc_peering_connection."))).toBe(true);
  expect(others.map((each) => [each.waits_for, each.waits_for_cluster])).toEqual(
    others.map(() => ["networking", null]),
  );
  expect(deployed.code).toBe(1);
  expect(deployed.stdout).toContain(
    `networking of ${PEER}, whose outputs this stack reads, was never applied. Deploy that cluster first: fleet deploy ${PEER}`,
  );
});

test("an overlap stops the clusters that it concerns, and no other", async () => {
  edit(other, "10.64.0.0/16", "10.65.0.0/16");
  const [own, protectedOne] = await Promise.all([
    fleet("deploy", CLUSTER, "--approve"),
    fleet("destroy", PROTECTED, "--approve", PROTECTED),
  ]);
  edit(other, "10.65.0.0/16", "10.64.0.0/16");

  expect([own.code, own.stderr]).toEqual([1, expect.stringContaining(`overlaps 10.65.0.0/16 of ${CLUSTER}`)]);
  expect(protectedOne.stderr).toContain("warning: 1 error in other definitions does not stop this");
  expect(protectedOne.stderr).toContain("has deletion_protection");
});

// One cluster's life: each test goes on where the one before has ended.
describe("a new cluster", () => {
  test("is planned as far as possible, and rehearsed from there, whatever error another definition has", async () => {
    edit(other, "meta:\n", "metaa: {}\nmeta:\n");
    const { code, stderr, stdout } = await fleet("plan", CLUSTER, "--out", plans, "--json");
    edit(other, "metaa: {}\n", "");
    expect(stderr).toContain("warning: 1 error in other definitions does not stop this");
    const { clusters } = JSON.parse(stdout) as PlanReport;

    expect([code, wrongInAnswer("plan", stdout)]).toEqual([0, null]);
    expect(clusters[0]?.stacks.map(({ source, stack, waits_for }) => [stack, source, waits_for])).toEqual([
      ["networking", "plan", null],
      ["eks-cluster", "rehearsal", "networking"],
      ["eks-workers", "rehearsal", "networking"],
      ["addons", "rehearsal", "networking"],
    ]);
    expect(clusters[0]?.stacks.every(({ changes }) => (changes?.create.length ?? 0) > 0)).toBe(true);
    expect(readdirSync(plans).sort()).toEqual(["insiders-dev-example-com-networking.tfplan", "plans.json"]);
  });

  test("is deployed from saved plans, without a stack that has none", async () => {
    const deployed = await fleet("deploy", CLUSTER, "--plans", plans, "--json");
    expect([deployed.code, outcomes(deployed)]).toEqual([2, ["applied", "stopped", "not reached", "not reached"]]);
    expect(wrongInAnswer("deploy", deployed.stdout)).toBeNull();
  });

  test("continues in a terminal, where a protected stack requires the cluster's name and Ctrl-C ends it", async () => {
    edit(definition, "tfvars:\n", `tfvars:\n${PROTECTION}`);
    const { code, screen } = await asked(
      ["deploy", CLUSTER],
      [
        [`Apply this to ${SLUG}-eks-cluster? Type ${CLUSTER} to apply:`, `${CLUSTER}\r`],
        [`Apply this to ${SLUG}-eks-workers?`, "\u0003"],
      ],
    );
    expect(code).toBe(130);
    expect(screen).toMatch(/^networking +unchanged /m);
    expect(screen).toMatch(/^eks-cluster +applied /m);
    expect(screen).toMatch(/^eks-workers +declined /m);
    expect(screen).not.toContain("…\n");
  });

  test("is not destroyed before the change that lifts its protection was deployed", async () => {
    edit(definition, PROTECTION, PROTECTION.replace("true", "false"));
    const { code, stderr } = await fleet("destroy", CLUSTER, "--approve", CLUSTER);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining(`the control plane of ${CLUSTER} is still protected, because the change that lifts it`),
    ]);
  });

  test("loses its protection only by an exception, and shows the definition's line beside the error of AWS", async () => {
    const stopped = await fleet("deploy", CLUSTER, "--approve");
    const found = stopped.stdout.match(/^stopped: eks-cluster: remove-protection (\S+): .*\[change (\w+)\]$/m);
    expect([stopped.code, stopped.stdout]).toEqual([
      2,
      expect.stringContaining(`continue with: fleet deploy ${CLUSTER} --approve`),
    ]);

    mkdirSync(join(definitions, "exceptions"), { recursive: true });
    const exception = { rule: "remove-protection", cluster: CLUSTER, address: found?.[1], change: found?.[2] };
    const until = new Date(Date.now() + 7 * 24 * 3_600_000).toISOString().slice(0, 10);
    const text = JSON.stringify({ ...exception, reason: "The cluster is not used any more.", who: "jane", until });
    writeFileSync(join(definitions, "exceptions/end.yaml"), text);
    const message = "InvalidParameterException: m7g.large is not supported here";
    writeFileSync(failuresFile, JSON.stringify([{ type: "aws_eks_node_group", operation: "create", message }]));
    const failed = await fleet("deploy", CLUSTER, "--approve");
    writeFileSync(failuresFile, "[]");
    const [, below] = failed.stdout.split(/^error: eks-workers: aws_eks_node_group\.\S+: (?=.*m7g)/m);
    expect([failed.code, below?.split("\n").slice(0, 4)]).toEqual([
      1,
      [
        expect.stringContaining(message),
        expect.stringMatching(/^ {2}insiders-dev-example-com, general-/),
        expect.stringMatching(/^ {2}\S+\.yaml:\d+:\d+ tfvars\.workers\[general\]\.instance_types: \["m7g/),
        expect.stringMatching(/^ {2}\S+\.yaml:\d+:\d+ tfvars\.workers\[general\]\.name: general$/),
      ],
    ]);
  });

  test("is not deployed from stacks that another command writes meanwhile, and no other command uses its folders", async () => {
    const stack = join(work.path, `cdktf.out/stacks/${SLUG}-addons/cdk.tf.json`);
    const { code, screen } = await asked(
      ["deploy", CLUSTER],
      [
        [
          `Apply this to ${SLUG}-eks-workers? (y/N)`,
          "y\r",
          async () => {
            const { code, stderr } = await fleet("plan", CLUSTER);
            expect([code, stderr]).toEqual([
              1,
              expect.stringMatching(/^process \d+ works with insiders\.dev\.example\.com in/m),
            ]);
            writeFileSync(stack, `${readFileSync(stack, "utf8")}\n`);
          },
        ],
      ],
    );
    expect([code, screen]).toEqual([1, expect.stringContaining("another command has written cdktf.out/stacks/")]);
  });

  test("is completed by the same command, where a stack without protection requires a yes, and only results stay on the screen", async () => {
    const { code, screen } = await asked(["deploy", CLUSTER], [[`Apply this to ${SLUG}-addons? (y/N)`, "y\r"]]);
    expect(code).toBe(0);
    expect(screen.match(/^\S+ +(?:unchanged|applied|failed|declined) /gm)).toHaveLength(STACKS.length);
    expect(screen.split("\n").at(-1)).toMatch(/^addons +applied /);
    expect(screen).not.toMatch(/…$/m);
  });

  test("is healthy if its plans are empty, unhealthy after a change that was not deployed, and inconclusive if a state is unreadable", async () => {
    const record = (what: string, ...args: string[]): Promise<Run> =>
      fleet("rollout", "record", CLUSTER, what, "--runner", "job", ...args);
    const seen = async () => {
      const { code, stdout } = await record("health", "--json");
      const { recorded } = JSON.parse(stdout) as RecordedReport;
      const [check] = recorded.flatMap((each) => (each.record.kind === "observed" ? each.record.checks : []));
      return [code, check?.health, check?.seen];
    };
    const state = join(work.path, "state", stateKey(CLUSTER, "networking"));
    writeFileSync(join(definitions, "rollouts.yaml"), ROLLOUTS);
    await fleet("rollout", "record", CLUSTER, "succeeded", "--who", "kim", "--reason", "deployed by hand");
    const applied = await seen();
    edit(definition, "  common:\n", `  common:\n${TAGS}`);
    await fleet("rollout", "record", CLUSTER, "succeeded", "--who", "kim", "--reason", "said to be deployed");
    const changed = await seen();
    edit(definition, TAGS, "");
    await fleet("rollout", "record", CLUSTER, "succeeded", "--who", "kim", "--reason", "said to be deployed");
    const text = readFileSync(state, "utf8");
    writeFileSync(state, "damaged");
    const unreadable = await seen();
    writeFileSync(state, text);

    expect([applied, changed, unreadable]).toEqual([
      [0, "healthy", "the plans of 4 stacks are empty"],
      [2, "unhealthy", expect.stringMatching(/^plans are not empty: /)],
      [2, "inconclusive", expect.stringMatching(/^networking cannot be planned: /)],
    ]);
  });

  test("is not destroyed as long as its API does not answer", async () => {
    pretend("kubectl", "echo 'Unable to connect to the server: i/o timeout' >&2; exit 1");
    const { code, stderr, stdout } = await fleet("destroy", CLUSTER, "--approve", CLUSTER, "--json");
    const { cleanup, clusters } = JSON.parse(stdout) as DestroyReport;

    expect([code, clusters[0]?.stacks]).toEqual([1, []]);
    expect(cleanup).toEqual([
      expect.objectContaining({ problem: expect.stringMatching(/^Unable to connect to the server: i\/o timeout\. /) }),
    ]);
    expect(stderr).toContain(`${CLUSTER}: `);
  });

  test("is destroyed after two questions and a list of what is lost and what stays, load balancers first", async () => {
    pretend(
      "kubectl",
      `cp "$2" "$0.config"; stat -c %a "$2" > "$0.mode"
      case "$*" in
      *" api-resources "*) echo services;;
      *" get services "*) if test -e "$0.deleted"; then echo '{}'; else echo '${SERVICES}'; fi;;
      *" delete services web --namespace shop "*) touch "$0.deleted";;
      *) echo '{}';;
      esac`,
    );
    const { code, screen } = await asked(
      ["destroy", CLUSTER],
      [
        [`Type ${CLUSTER} to destroy it:`, `${CLUSTER}\r`],
        [`Apply this to ${SLUG}-addons? Type ${CLUSTER} to apply:`, "no\r"],
      ],
    );
    expect(code).toBe(2);
    expect(screen).toMatch(/^ {2}- aws_eks_cluster: the control plane .* \(insiders-dev-example-com\)$/m);
    expect(screen).toMatch(/^ {2}- aws_subnet: the subnet; .* \(subnet-\w+, subnet-\w+, subnet-\w+ and 3 more\)$/m);
    expect(screen).toMatch(/^ {2}key \S+: KMS deletes it after 7 days/m);
    expect(screen).toContain("delete services shop/web");
    expect(screen).toMatch(/^addons +declined /m);
    expect(existsSync(join(tools, "kubectl.deleted"))).toBe(true);
    expect(readFileSync(join(tools, "kubectl.mode"), "utf8")).toBe("600\n");
    expect(readFileSync(join(tools, "kubectl.config"), "utf8")).toContain(
      '"--cluster-name","insiders-dev-example-com"',
    );
  });

  test("is destroyed by its name, with everything in it, and remaining resources in AWS are listed", async () => {
    pretend(
      "aws",
      `case "$*" in
      "sts assume-role "*) echo '{"Credentials":{"AccessKeyId":"a","SecretAccessKey":"b","SessionToken":"c"}}';;
      *"Key=Cluster,"*) echo '{"ResourceTagMappingList":[{"ResourceARN":"arn:aws:ec2:eu-north-1:1:volume/vol-1"}]}';;
      *) echo '{}';;
      esac`,
    );
    const { code, stdout } = await fleet("destroy", CLUSTER, "--approve", CLUSTER, "--json");
    const { leftovers } = JSON.parse(stdout) as DestroyReport;

    expect([code, outcomes({ stdout })]).toEqual([2, STACKS.map(() => "applied")]);
    expect(wrongInAnswer("destroy", stdout)).toBeNull();
    expect(new Store(store).objects()).toEqual([]);
    expect(leftovers?.found).toEqual([
      {
        arn: "arn:aws:ec2:eu-north-1:1:volume/vol-1",
        remove: "aws ec2 delete-volume --volume-id vol-1 --region eu-north-1",
      },
    ]);
  });
});

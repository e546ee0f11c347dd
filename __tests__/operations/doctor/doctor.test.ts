import { readFileSync } from "node:fs";
import { loadFleet } from "../../../fleet/load";
import { checkAccount } from "../../../operations/doctor/account";
import { reachCheck } from "../../../operations/doctor/control-plane";
import { checkDefinitions, checkMachine } from "../../../operations/doctor/doctor";
import { QUOTAS } from "../../../operations/doctor/quotas";
import { checkTools, type RunCommand } from "../../../operations/doctor/tools";
import { TODAY } from "../../support/definitions";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const MACHINE = {
  node: "20.20.0",
  zoneData: "2025c",
  env: {},
  hasAwsConfig: true,
  repository: "/repo",
  hasCommit: true,
  asksAws: false,
};
const problems = (checks: readonly { name: string; result: string }[]): string[] =>
  checks.filter(({ result }) => result === "problem").map(({ name }) => name);

test("a machine with credentials and a repository has no problem", () => {
  expect(problems(checkMachine(MACHINE))).toEqual([]);
  expect(problems(checkMachine({ ...MACHINE, hasAwsConfig: false, env: { AWS_PROFILE: "x" } }))).toEqual([]);
  expect(problems(checkMachine({ ...MACHINE, hasAwsConfig: false, asksAws: true }))).toEqual([]);
});

test.each([
  [{ repository: undefined, hasCommit: false }, ["repository"]],
  [{ hasCommit: false }, ["repository"]],
  [{ hasAwsConfig: false, env: { AWS_PROFILE: "" } }, ["credentials"]],
  [{ hasAwsConfig: false }, ["credentials"]],
])("reports what %j lacks, with a cure", (lacking, expected) => {
  const checks = checkMachine({ ...MACHINE, ...lacking });
  expect(problems(checks)).toEqual(expected);
  expect(checks.every(({ cure, result }) => (result === "problem") === (cure !== null))).toBe(true);
});

test("counts errors of definitions, and no warnings", () => {
  const problem = { place: null, path: "", message: "", rule: "yaml-syntax" } as const;
  expect(checkDefinitions([{ ...problem, severity: "warning" }], 4)).toMatchObject({
    result: "ok",
    found: "4 clusters",
  });
  expect(checkDefinitions([{ ...problem, severity: "error" }], 0)).toMatchObject({
    result: "problem",
    found: "1 error",
  });
});

const tools =
  (versions: Readonly<Record<string, string>>): RunCommand =>
  (command) =>
    versions[command] === undefined ? { failed: "not installed" } : { stdout: versions[command] };

const GOOD = {
  terraform: "Terraform v1.10.0\non linux_amd64",
  aws: "aws-cli/2.7.0 Python/3.9",
  git: "git version 2.39.5",
};

test("tools at the least versions are enough", () => {
  expect(checkTools("terraform", tools(GOOD)).map(({ found, result }) => [result, found])).toEqual([
    ["ok", "1.10.0"],
    ["ok", "2.7.0"],
    ["ok", "2.39.5"],
  ]);
});

test.each([
  [{ terraform: "Terraform v1.9.8" }, "Terraform", "1.9.8, older than 1.10.0"],
  [{ terraform: "Welcome" }, "Terraform", "terraform prints no version that can be read"],
  [{ aws: "aws-cli/2.6.4" }, "AWS CLI", "2.6.4, older than 2.7.0"],
  [{ aws: "aws-cli/1.23.9" }, "AWS CLI", "1.23.9, older than 1.24.0"],
])("reports %j", (version, name, found) => {
  expect(checkTools("terraform", tools({ ...GOOD, ...version }))).toContainEqual(
    expect.objectContaining({ name, result: "problem", found }),
  );
});

test("a cure about another program than Terraform names the variable that chose it", () => {
  expect(checkTools("tofu", tools({}))[0]?.cure).toMatch(/^TERRAFORM_BINARY_NAME is tofu\. .+ unset the variable/);
  expect(checkTools("terraform", tools({}))[0]?.cure).toMatch(/^Install Terraform 1\.10 or newer/);
});

test("reports a tool that is not installed, and calls OpenTofu by its name", () => {
  expect(checkTools("tofu", tools({ ...GOOD, tofu: "OpenTofu v1.10.6" }))[0]).toMatchObject({
    name: "OpenTofu",
    result: "ok",
  });
  expect(checkTools("terraform", tools({}))[2]).toMatchObject({
    name: "git",
    found: "git cannot be run: not installed",
  });
});

describe("an account", () => {
  const { clusters } = loadFleet({
    directory: SAMPLE_FLEET,
    shipped: "definitions",
    select: "staging.dev.example.com",
    today: TODAY,
  });
  const [cluster] = clusters;
  if (cluster === undefined) throw new Error("the sample is gone");
  const { account } = cluster;

  /** Answers of AWS, by the first two arguments of the call. */
  const ANSWERS: Readonly<Record<string, unknown>> = {
    "sts get-caller-identity": { Account: "999999999999", Arn: "arn:aws:sts::999999999999:assumed-role/dev/me" },
    "sts assume-role": {
      AssumedRoleUser: { Arn: `arn:aws:sts::${account.id}:assumed-role/x/fleet-doctor` },
      Credentials: { SecretAccessKey: "never-printed" },
    },
    "s3api head-bucket": {},
    "s3api get-bucket-versioning": { Status: "Enabled" },
    "s3api get-bucket-encryption": { ServerSideEncryptionConfiguration: { Rules: [{ SSEAlgorithm: "aws:kms" }] } },
    "s3api list-objects-v2": { Contents: [{ Key: "staging.dev.example.com/networking.tfstate" }] },
    "service-quotas list-service-quotas": { Quotas: QUOTAS.map(({ code }) => ({ QuotaCode: code, Value: 500 })) },
    "eks describe-cluster": { cluster: { status: "ACTIVE", version: cluster.tfvars.cluster.kubernetes_version } },
  };
  const ask = (answers: Readonly<Record<string, unknown>>, settings: Partial<typeof account> = {}) =>
    checkAccount({ ...account, ...settings }, [cluster], (_, [service = "", call = ""]) => {
      const answer = answers[`${service} ${call}`];
      return typeof answer === "string" ? { failed: answer } : { stdout: JSON.stringify(answer) };
    });

  test("has no problem if each call succeeds, and no credential is shown", () => {
    const checks = ask(ANSWERS);
    expect(checks.map(({ name, result }) => [name, result])).toEqual([
      ["sandbox: credentials", "ok"],
      ["sandbox: role deploy", "ok"],
      ["sandbox: role plan", "ok"],
      ["sandbox: state bucket", "ok"],
      ["sandbox: state bucket, key", "ok"],
      ["sandbox: state bucket, versioning", "ok"],
      ["staging.dev.example.com: locks", "ok"],
      ["staging.dev.example.com: control plane", "ok"],
      ["sandbox, eu-west-1: EKS clusters", "ok"],
      ["sandbox, eu-west-1: VPCs", "ok"],
      ["sandbox, eu-west-1: NAT gateways in one zone", "ok"],
      ["sandbox, eu-west-1: elastic IP addresses", "ok"],
      ["sandbox, eu-west-1: on-demand vCPUs, standard", "ok"],
      ["sandbox, eu-west-1: managed node groups in one cluster", "ok"],
      ["sandbox, eu-west-1: nodes in one managed node group", "ok"],
    ]);
    expect(JSON.stringify(checks)).not.toContain("never-printed");
  });

  test.each([
    ["sts assume-role", "An error occurred (AccessDenied)", ["sandbox: role deploy", "sandbox: role plan"]],
    [
      "sts assume-role",
      { AssumedRoleUser: { Arn: "arn:aws:sts::123456789012:assumed-role/x/y" } },
      ["sandbox: role deploy", "sandbox: role plan"],
    ],
    ["s3api head-bucket", "Not Found", ["sandbox: state bucket"]],
    ["s3api get-bucket-versioning", {}, ["sandbox: state bucket, versioning"]],
    ["s3api get-bucket-encryption", { Rules: [{ SSEAlgorithm: "AES256" }] }, ["sandbox: state bucket, key"]],
    [
      "s3api list-objects-v2",
      { Contents: [{ Key: "staging.dev.example.com/addons.tfstate.tflock", LastModified: "2026-11-30T01:00:00Z" }] },
      ["staging.dev.example.com: locks"],
    ],
    [
      "service-quotas list-service-quotas",
      { Quotas: QUOTAS.map(({ code }) => ({ QuotaCode: code, Value: code === "L-F678F1CE" ? 0 : 500 })) },
      ["sandbox, eu-west-1: VPCs"],
    ],
    ["eks describe-cluster", "An error occurred (AccessDeniedException)", ["staging.dev.example.com: control plane"]],
    [
      "eks describe-cluster",
      { cluster: { status: "UPDATING", version: "1.35" } },
      ["staging.dev.example.com: control plane"],
    ],
    [
      "eks describe-cluster",
      { cluster: { status: "ACTIVE", version: "1.20" } },
      ["staging.dev.example.com: control plane"],
    ],
  ])("reports %s that answers %j", (call, answer, expected) => {
    const checks = ask({ ...ANSWERS, [call]: answer });
    expect(problems(checks)).toEqual(expected);
    expect(checks.every(({ cure, result }) => (result === "problem") === (cure !== null))).toBe(true);
  });

  /** Returns the name and the cure of each check that is not ok when AWS answers one call in another way. */
  const curesOf = (call: string, answer: unknown, settings: Partial<typeof account> = {}) =>
    ask({ ...ANSWERS, [call]: answer }, settings).flatMap(({ cure, name, result }) =>
      result === "ok" ? [] : [[name, cure]],
    );

  const WITH_BOOTSTRAP = { bootstrap: {} as NonNullable<typeof account.bootstrap> };
  test.each<[string, unknown, Partial<typeof account>, RegExp]>([
    ["sts get-caller-identity", "The config profile (x) could not be found", {}, /^Log in .*list-profiles/],
    ["sts get-caller-identity", "not installed", {}, /^Install the AWS CLI/],
    ["sts get-caller-identity", 'Could not connect to the endpoint URL: "https://sts"', {}, /^Check the network/],
    ["sts assume-role", "An error occurred (AccessDenied)", {}, /does not exist, create it/],
    [
      "sts assume-role",
      "An error occurred (AccessDenied)",
      WITH_BOOTSTRAP,
      /bootstrap\.principals\.apply .*fleet bootstrap sandbox/,
    ],
    [
      "s3api head-bucket",
      "An error occurred (404) when calling HeadBucket: Not Found",
      {},
      /bootstrap in accounts\/sandbox\.yaml/,
    ],
    [
      "s3api head-bucket",
      "An error occurred (404) when calling HeadBucket: Not Found",
      WITH_BOOTSTRAP,
      /^Run fleet bootstrap sandbox,/,
    ],
    ["s3api head-bucket", "An error occurred (403) when calling HeadBucket: Forbidden", {}, /^Allow s3:ListBucket/],
    ["s3api get-bucket-versioning", "An error occurred (AccessDenied)", {}, /^Allow s3:GetBucketVersioning/],
    ["s3api get-bucket-encryption", "An error occurred (AccessDenied)", {}, /^Allow s3:GetEncryptionConfiguration/],
    ["s3api list-objects-v2", "An error occurred (AccessDenied)", {}, /^Allow s3:ListBucket/],
    ["eks describe-cluster", "Connect timeout on endpoint URL", {}, /^Check the network/],
    ["eks describe-cluster", { cluster: { status: "FAILED" } }, {}, /--query cluster\.health/],
    ["eks describe-cluster", { cluster: { status: "ACTIVE", version: "1.99" } }, {}, /Set kubernetes_version: "1\.99"/],
    ["service-quotas list-service-quotas", "An error occurred (ExpiredToken)", {}, /^Log in/],
    [
      "s3api get-bucket-versioning",
      {},
      {},
      /aws s3api put-bucket-versioning --bucket \S+ --versioning-configuration Status=Enabled --region eu-west-1$/,
    ],
    [
      "service-quotas list-service-quotas",
      { Quotas: QUOTAS.map(({ code }) => ({ QuotaCode: code, Value: code === "L-F678F1CE" ? 0 : 500 })) },
      {},
      /--service-code vpc --quota-code L-F678F1CE --desired-value 1\./,
    ],
  ])("a cure for %s that answers %j fits the failure", (call, answer, settings, cure) => {
    expect(curesOf(call, answer, settings)[0]?.[1]).toMatch(cure);
  });

  test("credentials of a role need not assume it", () => {
    const role = account.roles.plan?.split("/").at(-1);
    const caller = { Arn: `arn:aws:sts::${account.id}:assumed-role/${role}/me` };
    const answers = { ...ANSWERS, "sts get-caller-identity": caller, "sts assume-role": "(AccessDenied)" };

    expect(problems(ask(answers))).toEqual(["sandbox: role deploy"]);
  });

  test("a bucket in another region is noticed, and its cure removes the problem", () => {
    const elsewhere = { BucketRegion: "us-east-1" };

    expect(curesOf("s3api head-bucket", elsewhere)).toEqual([
      ["sandbox: state bucket", "Set state.region to us-east-1 in accounts/sandbox.yaml"],
    ]);
    expect(curesOf("s3api head-bucket", elsewhere, { state: { ...account.state, region: "us-east-1" } })).toEqual([]);
  });

  test("skips a cluster that does not exist yet", () => {
    const checks = ask({ ...ANSWERS, "eks describe-cluster": "An error occurred (ResourceNotFoundException)" });
    expect(checks).toContainEqual(expect.objectContaining({ result: "skipped", found: "not in sandbox yet" }));
  });

  test("each call is in docs/operations/doctor.md", () => {
    const page = readFileSync("docs/operations/doctor.md", "utf8");

    expect(Object.keys(ANSWERS).filter((call) => !page.includes(`aws ${call}`))).toEqual([]);
    expect(QUOTAS.filter(({ code }) => !page.includes(code))).toEqual([]);
  });

  test("a private endpoint that does not answer is explained as such", () => {
    expect(reachCheck(cluster, undefined)).toMatchObject({ result: "ok" });
    expect(reachCheck(cluster, "no answer in 5 s")).toMatchObject({
      result: "problem",
      cure: expect.stringContaining("The endpoint is private"),
    });
  });

  test("calls nothing further without credentials", () => {
    expect(ask({ "sts get-caller-identity": "Unable to locate credentials" })).toEqual([
      expect.objectContaining({ name: "sandbox: credentials", result: "problem" }),
    ]);
  });
});

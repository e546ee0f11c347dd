import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { upgradeReport } from "../../../../operations/upgrade/report";
import { runFleet } from "../../../support/run-fleet";
import type { Run } from "../../../support/run-program";
import { SAMPLE_FLEET } from "../../../support/sample-fleet";

const EDGE = "edge.acme.example.net";
const FILE = `clusters/acme/${EDGE}.yaml`;

const TODAY = ["--today", "2026-11-30"];
const fleet = (args: readonly string[], definitions?: string): Promise<Run> =>
  runFleet(["upgrade", ...args, ...TODAY], { definitions });

test("upgrade prints the steps in order, with commands and versions, and ends with 0 without a finding", async () => {
  const { code, stderr, stdout } = await fleet([EDGE, "--to", "1.35"]);

  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n").filter((line) => /^ {2}\d\. /.test(line))).toEqual([
    "  1. Look at the upgrade insights",
    "  2. Upgrade the control plane to 1.35",
    "  3. Update kube-proxy",
    "  4. Update CoreDNS and the other EKS add-ons",
    "  5. Replace the nodes with 1.35",
    "  6. Update clients",
  ]);
  expect(stdout).toContain(
    `\n     $ npx cdktf deploy --ignore-missing-stack-dependencies edge-acme-example-net-eks-cluster\n     aws_eks_cluster.eks_3E955FF2\n       version: 1.34 -> 1.35\n`,
  );
});

test("upgrade --json prints an answer that fits its schema", async () => {
  const { code, stdout } = await fleet([EDGE, "--to", "1.35", "--json"]);

  expect(code).toBe(0);
  expect(upgradeReport.parse(JSON.parse(stdout))).toMatchObject({ cluster: EDGE, from: "1.34", to: "1.35" });
});

test("upgrade --write changes one line of the cluster's file, and a second time there is nothing to do", async () => {
  const directory = mkdtempSync(join(tmpdir(), "upgrade-"));
  try {
    cpSync(SAMPLE_FLEET, directory, { recursive: true });
    const before = readFileSync(join(directory, FILE), "utf8");

    const { code, stdout } = await fleet([EDGE, "--to", "1.35", "--write"], directory);

    expect(code).toBe(0);
    expect(stdout).toContain(`\nWritten: ${directory}/${FILE}:22:25 has "1.35" instead of "1.34".\n`);
    expect(readFileSync(join(directory, FILE), "utf8")).toBe(before.replace('version: "1.34"', 'version: "1.35"'));
    expect(await fleet([EDGE, "--to", "1.35", "--write"], directory)).toEqual({
      code: 0,
      stdout: `${EDGE} has Kubernetes 1.35: nothing to do\n`,
      stderr: "",
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test.each([
  [
    "an earlier version",
    [EDGE, "--to", "1.33"],
    `${EDGE} has 1.34, which is later than 1.33. EKS goes back one minor version at most, within 7 days of an upgrade, nodes first. Follow "Roll back an upgrade" in docs/operations/upgrade-a-cluster.md`,
  ],
  [
    "a patch version",
    [EDGE, "--to", "1.35.6"],
    '--to must be a Kubernetes minor version, such as 1.36, got "1.35.6". Release 2026.10 supports 1.33, 1.34, 1.35',
  ],
  ["no version", [EDGE], `--to is required: the Kubernetes version, such as --to 1.36. ${EDGE} has 1.34`],
  [
    "several clusters",
    ["*.acme.example.net", "--to", "1.35"],
    'upgrade plans one cluster, but "*.acme.example.net" selects 2. Name one',
  ],
])("upgrade refuses %s with one message, and ends with 1", async (_, args, message) => {
  expect(await fleet(args)).toEqual({ code: 1, stdout: "", stderr: `${message}\n` });
});

import { FILE, NAME, versionedFleet, withVersion } from "../support/copies/versioned-fleet";
import { type Run, run } from "../support/run-program";

const EXCEPTION = "exceptions/rollback.yaml";
const repository = versionedFleet();

async function answer(command: "affected" | "diff", version: string, exception: string | null = null): Promise<Run> {
  repository.write({ [FILE]: withVersion(version) });
  if (exception !== null) repository.write({ [EXCEPTION]: exception });
  try {
    return await run("cli/fleet.mjs", [command, "--base", "HEAD", "--today", "2026-11-30", NAME], {
      DEFINITIONS_DIR: repository.path,
      CLUSTER_NAME: undefined,
    });
  } finally {
    if (exception !== null) repository.write({ [EXCEPTION]: null });
  }
}

const until = (day: string): string => `rule: control-plane-version
cluster: ${NAME}
address: aws_eks_cluster.eks_3E955FF2
change: 0123456789abcdef
reason: The new version breaks the admission webhooks
who: someone@example.com
until: ${day}
`;

test("fleet diff shows a rollback, but fails because EKS may refuse it", async () => {
  const { code, stderr, stdout } = await answer("diff", "1.34");

  expect(stderr).toMatch(/kubernetes_version: must not be earlier than 1\.35, which the cluster has, but is 1\.34/);
  expect(stdout).toMatch(/version: "1\.35" -> "1\.34"/);
  expect(code).toBe(1);
});

test("fleet affected lists the stacks of a rollback, but fails because EKS may refuse it", async () => {
  const { code, stderr, stdout } = await answer("affected", "1.34");

  expect(stderr).toContain("must not be earlier than 1.35");
  expect(stdout).toContain("3 stacks are affected");
  expect(code).toBe(1);
});

test("an exception from the guard's rule lets a rollback pass", async () => {
  const { code, stderr } = await answer("diff", "1.34", until("2026-12-05"));

  expect(stderr).not.toContain("must not be earlier");
  expect(code).toBe(2);
});

test("an exception that is over lets no rollback pass", async () => {
  expect((await answer("diff", "1.34", until("2026-11-29"))).code).toBe(1);
});

test("an exception does not let 2 minor versions pass", async () => {
  expect((await answer("diff", "1.33", until("2026-12-05"))).stderr).toContain("must not be earlier than 1.35");
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeOfflineMirror } from "../../offline/offline-mirror";
import { prepareOfflineStack } from "../../offline/offline-stack";
import { Terraform } from "../../offline/terraform";
import { compile } from "../support/compile";
import { scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";
import { synthesize } from "../support/synthesize";

const work = scratch();
afterAll(() => work.remove());

test("terraform init resolves the version constraints of a stack, and writes them to the lock file", async () => {
  synthesize(join(work.path, "out"), SAMPLE_FLEET, "production.eks.example.com");
  const stackDirectory = join(work.path, "out/stacks/production-eks-example-com-addons");
  const mirror = writeOfflineMirror({
    directory: join(work.path, "m"),
    storeDirectory: join(work.path, "store"),
    program: await compile("offline/main.ts"),
    stacks: [stackDirectory],
  });
  const { directory } = prepareOfflineStack({
    stackDirectory,
    workDirectory: join(work.path, "work"),
    stateDirectory: join(work.path, "state"),
  });
  const terraform = new Terraform({ directory, env: mirror.env });
  await terraform.init();
  await terraform.validate();

  const locked = [
    ...readFileSync(join(directory, ".terraform.lock.hcl"), "utf8").matchAll(
      /^provider "[^"]*\/(\w+)" \{\n {2}version += "([^"]+)"/gm,
    ),
  ];
  expect(Object.fromEntries(locked.map(([, provider = "", version]) => [provider, version]))).toEqual({
    aws: "6.25.0",
    helm: "3.1.1",
    kubernetes: "2.38.0",
  });
});

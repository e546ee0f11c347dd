import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { Terraform } from "../../offline/terraform";
import { scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";
import { synthesize } from "../support/synthesize";

const work = scratch();
const stacks = join(work.path, "out/stacks");
let providers: OfflineProviders;

beforeAll(async () => {
  synthesize(join(work.path, "out"), SAMPLE_FLEET, "production.eks.example.com");
  providers = await startOfflineProviders({ stacks: [stacks], storeDirectory: join(work.path, "store") });
});

afterAll(async () => {
  await providers.close();
  work.remove();
});

test("Terraform validates every stack with its S3 backend", async () => {
  const names = readdirSync(stacks).sort();
  const accepted: string[] = [];
  const waiting = [...names];
  const worker = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const terraform = new Terraform({ directory: join(stacks, name), env: providers.env });
      await terraform.init({ backend: false });
      const { stdout } = await terraform.validate();
      if (stdout.includes("Success! The configuration is valid.")) accepted.push(name);
    }
  };
  await Promise.all([worker(), worker()]);

  expect(names).toHaveLength(4);
  expect(accepted.sort()).toEqual(names);
});

import { join } from "node:path";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { prepareOfflineStack } from "../../offline/offline-stack";
import { Store } from "../../offline/store/store";
import { Terraform } from "../../offline/terraform";
import { cluster, type Document, network, scratchDirectory, writeStack } from "./support/program";

const scratch = scratchDirectory();
const storeDirectory = join(scratch.path, "store");
const store = new Store(storeDirectory);
let providers: OfflineProviders;
const stacks = { network: join(scratch.path, "stacks/network"), cluster: join(scratch.path, "stacks/cluster") };

function offline(name: keyof typeof stacks, document: Document): Terraform {
  writeStack(stacks[name], document);
  const { directory } = prepareOfflineStack({
    stackDirectory: stacks[name],
    workDirectory: join(scratch.path, "work"),
    stateDirectory: join(scratch.path, "state"),
  });
  return new Terraform({ directory, env: providers.env });
}

beforeAll(async () => {
  const directories = [writeStack(stacks.network, network()), writeStack(stacks.cluster, cluster())];
  providers = await startOfflineProviders({ stacks: directories, storeDirectory });
});

afterAll(async () => {
  await providers.close();
  scratch.remove();
});

// One story, told in order: each step starts from the cloud that the step before it left.
describe("two stacks, from nothing to nothing", () => {
  test("apply, and then have nothing to do", async () => {
    for (const terraform of [offline("network", network()), offline("cluster", cluster())]) {
      await terraform.init();
      await terraform.apply();
      expect(await terraform.plan()).toMatchObject({ changed: false, changes: {} });
    }
  });
});

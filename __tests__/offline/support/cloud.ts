import { join } from "node:path";
import { type OfflineOptions, type OfflineProviders, startOfflineProviders } from "../../../offline/offline-providers";
import { prepareOfflineStack } from "../../../offline/offline-stack";
import { Store } from "../../../offline/store/store";
import { Terraform } from "../../../offline/terraform";
import { type Document, scratchDirectory, writeStack } from "./program";

/** A simulated cloud for one test file. */
export interface Cloud {
  readonly store: Store;
  readonly path: string;
  /** Terraform in a copy of a stack that has this content now; a state of that name lives on between calls. */
  stack(name: string, document: Document, env?: Record<string, string>): Terraform;
  /** The same, initialized and applied. */
  applied(name: string, document: Document): Promise<Terraform>;
  remove(): Promise<void>;
}

export async function startCloud(
  documents: readonly Document[],
  options: Partial<OfflineOptions> = {},
): Promise<Cloud> {
  const scratch = scratchDirectory();
  const storeDirectory = join(scratch.path, "store");
  const stacks = documents.map((document, index) => writeStack(join(scratch.path, `types/${index}`), document));
  const providers: OfflineProviders = await startOfflineProviders({ stacks, storeDirectory, ...options });
  const cloud: Cloud = {
    store: new Store(storeDirectory),
    path: scratch.path,
    stack(name, document, env = {}) {
      const { directory } = prepareOfflineStack({
        stackDirectory: writeStack(join(scratch.path, "stacks", name), document),
        workDirectory: join(scratch.path, "work"),
        stateDirectory: join(scratch.path, "state"),
      });
      return new Terraform({ directory, env: { ...providers.env, ...env } });
    },
    async applied(name, document) {
      const terraform = cloud.stack(name, document);
      await terraform.init();
      await terraform.apply();
      return terraform;
    },
    async remove() {
      await providers.close();
      scratch.remove();
    },
  };
  return cloud;
}

import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "../run-program";

const work = scratch();

export const removeWrongShapes = (): void => work.remove();

/** Extensions that are not what they should be, by their files. */
const WRONG: Readonly<Record<string, string>> = {
  "addons/traefik.ts": addon("traefik"),
  "addons/renamed.ts": addon("other_name"),
  "addons/lonely.ts": addon("lonely", 'requires: ["corednss"]'),
  "addons/first.ts": addon("first", 'after: ["second"]'),
  "addons/second.ts": addon("second", 'after: ["first"]'),
  "addons/shared.ts": addon("shared", 'namespace: "traefik", pod_security: "restricted"'),
  "addons/no-addon.ts": 'export default { name: "no_addon", options: {}, requires: "coredns" };',
  "addons/later.ts": 'import { eachWorker } from "cluster-fleet/contracts";\nexport default eachWorker([]);',
  "checks/no-check.ts": "export default () => [];",
  "stacks/addons.ts": stack(),
  "stacks/my-addons.ts": stack(),
  "stacks/workers.ts": stack(),
  "stacks/reads-addons.ts": stack('reads: ["addons"]'),
  "stacks/without-cluster.ts": stack("kubernetes: true"),
};

function addon(name: string, change = ""): string {
  return `import { defineHelmAddon, z } from "cluster-fleet/contracts";
const base = { name: "${name}", summary: "A", namespace: "own-${name.replaceAll("_", "-")}", requires: [], after: [], conflicts_with: [],
  wait: false, options: z.strictObject({}), values: () => ({}) };
export default defineHelmAddon({ ...base, ${change} } as typeof base);
`;
}

function stack(change = ""): string {
  return `import { defineStack, z } from "cluster-fleet/contracts";
const base = { summary: "A", reads: [], options: z.strictObject({}), build: () => undefined };
export default defineStack({ ...base, ${change} } as typeof base);
`;
}

cpSync("docs/examples/extensions/definitions", join(work.path, "definitions"), { recursive: true });
for (const [file, text] of Object.entries(WRONG)) {
  mkdirSync(join(work.path, "extensions", file, ".."), { recursive: true });
  writeFileSync(join(work.path, "extensions", file), text);
}

process.env["DEFINITIONS_DIR"] = join(work.path, "definitions");

import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { loadFleet } from "../../../../fleet/load";
import { DefinitionFiles } from "../../../../fleet/read/files";
import { Layers } from "../../../../fleet/read/layers";
import { type OfflineProviders, startOfflineProviders } from "../../../../offline/offline-providers";
import { Terraform, type TerraformPlan } from "../../../../offline/terraform";
import { type AdoptAnswer, adopt } from "../../../../operations/import/adopt/adopt";
import { TODAY } from "../../../support/definitions";
import { OfflineCluster } from "../../../support/offline-cluster";
import { scratch } from "../../../support/run-program";
import { SAMPLE_FLEET } from "../../../support/sample-fleet";
import { inventoryOf, type StateJson } from "./inventory-of";

const FOREIGN = "__tests__/operations/import/adopt/foreign";
const NAME = "shop-dev";

/** Returns the number of imports in a plan, its actions, and the addresses of which more than tags changes. */
function summary({ json }: TerraformPlan) {
  const changes = (json.resource_changes ?? []).filter(({ mode }) => mode === "managed");
  const changed = changes.filter(({ change }) => change.actions.join() !== "no-op");
  return {
    imports: changes.filter(({ change }) => "importing" in change).length,
    actions: [...new Set(changed.map(({ change }) => change.actions.join()))],
    changed: changed
      .filter(({ change: { after, before } }) =>
        Object.keys({ ...before, ...after }).some(
          (key) => !key.startsWith("tags") && !isDeepStrictEqual(before?.[key], after?.[key]),
        ),
      )
      .map(({ address }) => address)
      .sort(),
  };
}

/** Rules between nodes of Auto Mode and others, which Auto Mode itself does not need. */
const RULES_OF_AUTO_MODE = ["auto-nodes-from-nodes", "nodes-from-auto-nodes"].flatMap((name) => [
  expect.stringContaining(`_${name}-udp_`),
  expect.stringContaining(`_${name}_`),
]);

describe.each([
  ["whose nodes are in groups", false],
  ["with EKS Auto Mode", true],
])("a cluster %s", (_, autoMode) => {
  const work = scratch();
  const definitions = join(work.path, "definitions");
  let providers: OfflineProviders;
  let cluster: OfflineCluster;
  let answer: AdoptAnswer["report"];

  beforeAll(async () => {
    for (const part of ["accounts", "tiers", "channels.yaml"])
      cpSync(join(SAMPLE_FLEET, part), join(definitions, part), { recursive: true });
    cpSync(FOREIGN, join(work.path, "foreign"), { recursive: true });
    providers = await startOfflineProviders({ stacks: [FOREIGN], storeDirectory: join(work.path, "store") });
    const foreign = new Terraform({
      directory: join(work.path, "foreign"),
      env: { ...providers.env, TF_VAR_auto_mode: String(autoMode) },
    });
    await foreign.init();
    await foreign.apply();
    const state = JSON.parse((await foreign.run(["show", "-json"])).stdout) as StateJson;
    const options = { directory: definitions, shipped: "definitions", today: TODAY };
    const adopted = adopt({ name: NAME, owner: "shop", account: "sandbox", tier: "development" }, inventoryOf(state), {
      ...options,
      fleet: loadFleet({ ...options, withoutClusters: true }),
      layers: new Layers(new DefinitionFiles(definitions, "definitions")),
      ranges: undefined,
    });
    if (adopted.report === undefined) throw new Error(JSON.stringify(adopted.problems));
    answer = adopted.report;
    for (const [path, text] of Object.entries(answer.files)) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    cluster = new OfflineCluster({ definitions, name: NAME, work: work.path, providers });
    cluster.synthesize();
  });

  afterAll(async () => {
    await providers?.close();
    work.remove();
  });

  test("creates no more than Auto Mode's rules, and replaces nothing", () => {
    expect({
      problems: answer.problems,
      creates: answer.creates.map(({ address }) => address),
      traps: answer.traps,
    }).toEqual({
      problems: [],
      creates: autoMode ? RULES_OF_AUTO_MODE : [],
      traps: [],
    });
  });

  test.each(["networking", "eks-cluster"] as const)(
    "%s is adopted by imports, and by the changes that are listed",
    async (stack) => {
      const created = answer.creates.filter((each) => each.stack === stack);
      const listed = [...answer.updates, ...created].filter(
        (each) => each.stack === stack && !each.what.includes("tags"),
      );
      await cluster.stack(stack).init();

      expect(summary(await cluster.stack(stack).plan())).toEqual({
        imports: answer.imports.filter((each) => each.stack === stack).length,
        actions: created.length === 0 ? ["update"] : ["update", "create"],
        changed: [...new Set(listed.map(({ address }) => address))].sort(),
      });
      await cluster.stack(stack).applyPlan();
      expect((await cluster.stack(stack).plan()).changed).toBe(false);
    },
  );

  describe("the file of what is adopted, after the apply", () => {
    const file = join(definitions, "adopted", `${NAME}.yaml`);
    const changesWith = async (text: string) => {
      writeFileSync(file, text);
      cluster.synthesize();
      await cluster.stack("eks-cluster").init();
      return (await cluster.stack("eks-cluster").plan()).changes;
    };

    test("needs no ids", async () => {
      expect(await changesWith(readFileSync(file, "utf8").replaceAll(/^ +id: .*\n/gm, ""))).toEqual({});
    });

    test("needs what stays, because Terraform would replace the security groups", async () => {
      const changes = await changesWith("networking: {}\n");

      expect(Object.entries(changes).filter(([address]) => address.startsWith("aws_security_group."))).toEqual(
        ["control-plane_03A040EE", "node_D81BCBB0"].map((name) => [
          `aws_security_group.eks_security-groups_${name}`,
          ["delete", "create"],
        ]),
      );
    });
  });
});

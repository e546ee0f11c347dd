import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { STACKS, type StackName, stackId, stateKey } from "../../../../fleet/model/stacks";
import { slugOf } from "../../../../language/words/names";
import { type OfflineProviders, startOfflineProviders } from "../../../../offline/offline-providers";
import { Store } from "../../../../offline/store/store";
import { Terraform } from "../../../../offline/terraform";
import { OfflineCluster } from "../../../support/offline-cluster";
import { scratch, synthesizeFleet } from "../../../support/run-program";
import { SAMPLE_FLEET } from "../../../support/sample-fleet";
import type { PlanCase, WorldName } from "./case";
import { extraStack, type Json, type Stack } from "./extra-stack";

/** Something that is applied, and in which plans are made without changing it. */
export interface World {
  plan(planCase: PlanCase): Promise<Json>;
  close(): Promise<void>;
}

export async function openWorld(name: WorldName): Promise<World> {
  return name === "extra" ? openExtra() : openCluster(name);
}

/** Files that a case changes, with what they contain otherwise. */
class Files {
  private readonly originals = new Map<string, string>();

  edit(file: string, change: (text: string) => string): void {
    const text = readFileSync(file, "utf8");
    if (!this.originals.has(file)) this.originals.set(file, text);
    writeFileSync(file, change(text));
  }

  editJson(file: string, change: ((json: never) => void) | undefined): void {
    if (change === undefined) return;
    this.edit(file, (text) => {
      const json = JSON.parse(text) as never;
      change(json);
      return JSON.stringify(json);
    });
  }

  restore(): void {
    for (const [file, text] of this.originals) writeFileSync(file, text);
    this.originals.clear();
  }
}

/** Plans a directory as a case says, and puts everything back. */
async function planned(
  planCase: PlanCase,
  { terraform, main, state, store }: { terraform: Terraform; main: string; state: string; store: Store },
): Promise<Json> {
  const files = new Files();
  const before = store.objects();
  try {
    files.editJson(main, planCase.json as ((json: never) => void) | undefined);
    files.editJson(state, planCase.state as ((json: never) => void) | undefined);
    planCase.cloud?.(store);
    const stack = JSON.parse(readFileSync(main, "utf8")) as Stack;
    const json = (await terraform.plan((planCase.args ?? []).map((arg) => resolved(arg, stack)))).json as Json;
    planCase.plan?.(json);
    return json;
  } finally {
    files.restore();
    for (const { place, state: object } of before) store.update(place, object);
  }
}

/** Writes out an address whose name ends in a hash. */
function resolved(arg: string, stack: Stack): string {
  const [, option, type = "", start = ""] = /^(-\w+=)(\w+)\.(.+)\*$/.exec(arg) ?? [];
  if (option === undefined) return arg;
  const name = Object.keys(stack.resource[type] ?? {}).find((each) => each.startsWith(start));
  return `${option}${type}.${name}`;
}

async function openExtra(): Promise<World> {
  const work = scratch();
  const directory = join(work.path, "extra");
  mkdirSync(directory);
  const main = join(directory, "main.tf.json");
  writeFileSync(main, JSON.stringify(extraStack()));
  const storeDirectory = join(work.path, "store");
  const types = ["aws_eip", "aws_security_group_rule", "aws_security_group", "aws_iam_role_policy"];
  const providers = await startOfflineProviders({ stacks: [directory], types, storeDirectory });
  const terraform = new Terraform({ directory, env: providers.env });
  await terraform.init();
  await terraform.apply();
  const place = { terraform, main, state: join(directory, "terraform.tfstate"), store: new Store(storeDirectory) };
  return {
    plan: (planCase) => planned(planCase, place),
    close: () => closed(providers, work),
  };
}

const SAMPLE = "tools.eks.example.com";
const NAMES: Readonly<Record<Exclude<WorldName, "extra">, string>> = {
  production: SAMPLE,
  development: "lab.eks.example.com",
};

async function openCluster(world: Exclude<WorldName, "extra">): Promise<World> {
  const name = NAMES[world];
  const work = scratch();
  const definitions = join(work.path, "definitions");
  cpSync(SAMPLE_FLEET, definitions, { recursive: true });
  const file = join(definitions, "clusters/platform", `${name}.yaml`);
  const text = readFileSync(join(definitions, "clusters/platform", `${SAMPLE}.yaml`), "utf8")
    .replaceAll(SAMPLE, name)
    .replace("TIER: production", `TIER: ${world}`)
    .replace("k8s_base_domain: lab.eks", "k8s_base_domain: tools.eks")
    .replace("vpc_cidr: 10.1.0.0/16", world === "production" ? "vpc_cidr: 10.1.0.0/16" : "vpc_cidr: 10.31.0.0/16");
  writeFileSync(file, text);
  const [all, more] = ["all", "more"].map((folder) => join(work.path, folder)) as [string, string];
  await synthesizeFleet(all, definitions, name);
  writeFileSync(file, edited(text, MORE_TYPES));
  await synthesizeFleet(more, definitions, name);
  writeFileSync(file, text);
  const storeDirectory = join(work.path, "store");
  const stacks = [all, more].map((directory) => join(directory, "stacks"));
  const providers = await startOfflineProviders({ stacks, storeDirectory });
  const cluster = new OfflineCluster({ definitions, name, work: work.path, providers });
  cluster.synthesize();
  await cluster.apply();
  const directoryOf = (stack: StackName) => join(work.path, "work", stackId(slugOf(name), stack));
  return {
    async plan(planCase) {
      const stack = planCase.stack ?? STACKS[0];
      writeFileSync(file, edited(text, planCase.definition ?? {}));
      cluster.synthesize();
      try {
        return await planned(planCase, {
          terraform: cluster.stack(stack),
          main: join(directoryOf(stack), "cdk.tf.json"),
          state: join(work.path, "state", stateKey(name, stack)),
          store: new Store(storeDirectory),
        });
      } finally {
        writeFileSync(file, text);
        cluster.synthesize();
      }
    },
    close: () => closed(providers, work),
  };
}

/** Settings with types of resources that the sample does not have: the providers serve the types that they have seen. */
const MORE_TYPES: Json = {
  "networking.private_zones": [{ name: "internal", domain: "in.example.com" }],
  fargate_profiles: [{ name: "batch", selectors: [{ namespace: "batch" }] }],
};

function edited(text: string, fields: Readonly<Record<string, unknown>>): string {
  const document = parseDocument(text);
  for (const [field, value] of Object.entries(fields)) {
    const path = ["tfvars", ...field.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key))];
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, value);
  }
  return String(document);
}

async function closed(providers: OfflineProviders, work: { remove(): void }): Promise<void> {
  await providers.close();
  work.remove();
}

import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { slugOf } from "../../../language/words/names";
import { type OfflineProviders, startOfflineProviders } from "../../../offline/offline-providers";
import { Store } from "../../../offline/store/store";
import type { DeployReport } from "../../../operations/deploy/report";
import type { DestroyReport } from "../../../operations/destroy/report";
import type { RehearsalReport } from "../../../operations/rehearse/report";
import { edit } from "../offline-cluster";
import { contentsOf, type Run } from "../run-program";

export const LIFE_CLUSTER = "life.dev.example.com";

const idOf = (stack: string): string => `${slugOf(LIFE_CLUSTER)}-${stack}`;

/** A place from which a team runs the program. */
export interface Layout {
  /** The folder with `definitions/`, to which everything else is written. */
  readonly folder: string;
  /** The stacks of a cluster, in the order in which they are deployed. */
  readonly stacks: readonly string[];
  /** Lines that the cluster's file gets below `tfvars.addons`. */
  readonly addons?: string;
  /** Changes of the cluster's file: earlier text, later text, and the stack that it concerns. */
  readonly changes: readonly (readonly [from: string, to: string, stack: string])[];
  /** Runs a command line of `fleet`. */
  readonly fleet: (line: string, environment?: Readonly<Record<string, string | undefined>>) => Promise<Run>;
  /** Synthesizes the cluster into `cdktf.out` of the folder. */
  readonly synthesize: () => Promise<Run>;
}

/**
 * Defines the tests of one cluster's life, from its file to its end. Each goes on where the one before has ended.
 */
export function testLife(layoutOf: () => Layout): void {
  let layout: Layout;
  let file: string;
  let ranges: string;
  let rangesBefore: string | undefined;
  let store: Store;
  let providers: OfflineProviders | undefined;
  /** Runs a command that must end with 0, and returns what it prints on stdout. */
  const printed = async (line: string, environment: Readonly<Record<string, string | undefined>> = {}) => {
    const { code, stderr, stdout } = await layout.fleet(line, environment);
    if (code !== 0) throw new Error(`fleet ${line}: ${stderr}${stdout}`);
    return stdout;
  };
  /** Returns how each stack ended, in the order in which they ran. */
  const outcomes = async (line: string): Promise<string[]> => {
    const { clusters } = JSON.parse(
      await printed(`${line} --json`, {
        ...providers?.env,
        FLEET_LOCAL_STATE: join(layout.folder, "state"),
        PATH: `${join(layout.folder, "bin")}:${process.env["PATH"]}`,
      }),
    ) as DeployReport | DestroyReport;
    return clusters.flatMap(({ stacks }) => stacks.map(({ outcome, stack }) => `${stack} ${outcome}`));
  };

  beforeAll(() => {
    layout = layoutOf();
    file = join(layout.folder, `definitions/clusters/search/${LIFE_CLUSTER}.yaml`);
    ranges = join(layout.folder, "definitions/ranges.yaml");
    rangesBefore = existsSync(ranges) ? readFileSync(ranges, "utf8") : undefined;
    store = new Store(join(layout.folder, "store"));
    mkdirSync(join(layout.folder, "bin"), { recursive: true });
    writeFileSync(join(layout.folder, "bin/aws"), "#!/bin/sh\necho '{}'\n");
    chmodSync(join(layout.folder, "bin/aws"), 0o755);
  });
  afterAll(async () => {
    await providers?.close();
    rmSync(file, { force: true });
    if (rangesBefore === undefined) rmSync(ranges, { force: true });
    else writeFileSync(ranges, rangesBefore);
  });

  test("a new cluster is valid, and listed with its stacks", async () => {
    await printed(`new ${LIFE_CLUSTER} --owner search --tier development --region eu-west-1`);
    appendFileSync(file, `\n  addons:\n    platform: none\n${layout.addons ?? ""}`);
    edit(file, "max_size: 4", "max_size: 4\n      labels: { acme.example/team: search }");
    const [validated, listed] = await Promise.all([
      printed("validate --strict"),
      printed(`list ${LIFE_CLUSTER} --json`),
    ]);

    expect(validated).toBe("definitions: 2, errors: 0, warnings: 0\n");
    expect(JSON.parse(listed)).toMatchObject({ clusters: [{ name: LIFE_CLUSTER, stacks: layout.stacks.map(idOf) }] });
    expect(readFileSync(ranges, "utf8")).toMatch(/\n {2}10\.\d+\.0\.0\/16: life\.dev\.example\.com\n/);
  });

  test("it is synthesized", async () => {
    const { code, stderr } = await layout.synthesize();
    const written = Object.keys(contentsOf(join(layout.folder, "cdktf.out/stacks")));

    expect([code, stderr]).toEqual([0, ""]);
    expect(written.filter((each) => each.startsWith("life-") && each.endsWith("/cdk.tf.json"))).toEqual(
      layout.stacks.map((stack) => `${idOf(stack)}/cdk.tf.json`).sort(),
    );
  });

  test("it is rehearsed", async () => {
    const { clusters } = JSON.parse(await printed(`rehearse ${LIFE_CLUSTER} --base none --json`)) as RehearsalReport;

    expect(clusters.map(({ failed, stacks }) => [failed, stacks.flatMap(({ left }) => left)])).toEqual([[null, []]]);
  });

  test("it is deployed without a terminal", async () => {
    providers = await startOfflineProviders({
      stacks: [join(layout.folder, "cdktf.out/stacks")],
      storeDirectory: join(layout.folder, "store"),
    });

    expect(await outcomes(`deploy ${LIFE_CLUSTER} --approve`)).toEqual(
      layout.stacks.map((stack) => `${stack} applied`),
    );
  });

  test("a change is deployed in the stacks that it concerns", async () => {
    for (const [from, to] of layout.changes) edit(file, from, to);
    const concerned = layout.changes.map(([, , stack]) => stack);

    expect(await outcomes(`deploy ${LIFE_CLUSTER} --approve`)).toEqual(
      layout.stacks.map((stack) => `${stack} ${concerned.includes(stack) ? "applied" : "unchanged"}`),
    );
  });

  test("it is destroyed in the reverse order, with everything in it", async () => {
    expect(await outcomes(`destroy ${LIFE_CLUSTER} --approve ${LIFE_CLUSTER} --skip-cleanup`)).toEqual(
      [...layout.stacks].reverse().map((stack) => `${stack} applied`),
    );
    expect(store.objects()).toEqual([]);
  });
}

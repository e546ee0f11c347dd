import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { comesBefore, type ExtraChart } from "../../fleet/addons/extras";
import type { Owner } from "../../fleet/plan/owner";
import { inOrder } from "../../language/in-order";
import { ExtraRelease, type ExtraReleaseProps } from "./extra-release";

export interface ChartsBeforeNodesProps {
  readonly owner: Owner;
  readonly context: ExtraReleaseProps["context"];
  readonly charts: readonly ExtraChart[];
}

/**
 * Charts without which a node is not Ready, such as a CNI. Terraform creates their objects before the first node, and cannot wait
 * for their pods. Construct ids are the names in the definition.
 */
export class ChartsBeforeNodes extends Construct {
  /** The releases that a group of nodes waits for. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { charts, context, owner }: ChartsBeforeNodesProps) {
    super(scope, id);
    const others = { extra_charts: charts, extra_manifests: [] };
    const after = (chart: ExtraChart) => comesBefore(chart, others);
    const built = new Map<string, ITerraformDependable>();
    for (const chart of inOrder(charts, { name: ({ name }) => name, after }).ordered) {
      const before = after(chart).flatMap((name) => built.get(name) ?? []);
      const { ready } = new ExtraRelease(this, chart.name, { owner, context, extra: chart, after: before });
      built.set(chart.name, ready);
    }
    this.ready = [...built.values()];
  }
}

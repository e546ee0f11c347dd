import { Kubectl, kindOf } from "../../../operations/destroy/kubectl";
import type { RunTool } from "../../../operations/destroy/tools";

/** A Kubernetes object of a test; its kind is spelled as in kubectl. */
export interface Simulated {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly spec?: object;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Kind with version and group, such as `StatefulSet.v1.apps`, and name of the controller. */
  readonly owner?: readonly [kind: string, name: string];
  /** Looks at the object, after its deletion, that still see it. */
  readonly finalizers?: number;
  /** True while the object cannot go, whatever its finalizers are. */
  readonly isHeld?: (cluster: SimulatedKubernetes) => boolean;
}

/** A cluster whose API answers kubectl in this process. Time passes only while somebody waits. */
export class SimulatedKubernetes {
  /** Every deletion, as `kind namespace/name`. */
  readonly deletions: string[] = [];
  seconds = 0;
  private readonly deleting = new Map<string, number>();
  private objects: Simulated[];

  constructor(
    objects: readonly Simulated[],
    private readonly kinds: readonly string[] = [],
  ) {
    this.objects = [...objects];
  }

  get kubectl(): Kubectl {
    return new Kubectl(this.tool, "/kubeconfig");
  }

  readonly wait = (milliseconds: number): Promise<void> => {
    this.seconds += milliseconds / 1000;
    return Promise.resolve();
  };

  readonly clock = (): number => this.seconds * 1000;

  names(): string[] {
    return this.objects.map(idOf);
  }

  add(object: Simulated): void {
    this.objects.push(object);
  }

  private readonly tool: RunTool = (command, [, file, , verb, kind = "", ...rest]) => {
    if (command !== "kubectl" || file !== "/kubeconfig") throw new Error(`unexpected ${command} ${file}`);
    const at = rest.indexOf("--namespace");
    const namespace = at < 0 ? undefined : rest[at + 1];
    const named = rest.filter((each, index) => !each.startsWith("--") && (at < 0 || index !== at + 1));
    const isMeant = (each: Simulated): boolean =>
      each.kind === kind && (namespace === undefined || each.namespace === namespace) && named.includes(each.name);
    if (verb === "api-resources") {
      const all = new Set([...this.objects.map((each) => each.kind), ...this.kinds]);
      return Promise.resolve({ stdout: `${[...all].join("\n")}\n` });
    }
    if (verb === "delete") for (const each of this.objects.filter(isMeant)) this.delete(each);
    if (verb === "get" && named.length > 0) {
      const [found] = this.objects.filter(isMeant);
      return Promise.resolve({ stdout: found === undefined ? "" : JSON.stringify(this.bodyOf(found)) });
    }
    if (verb !== "get") return Promise.resolve({ stdout: "" });
    this.pass();
    const items = this.objects.filter((each) => each.kind === kind).map((each) => this.bodyOf(each));
    return Promise.resolve({ stdout: JSON.stringify({ items }) });
  };

  private delete(object: Simulated): void {
    this.deletions.push(idOf(object));
    this.deleting.set(idOf(object), object.finalizers ?? 0);
  }

  /** Takes away what was deleted and is not held any more, and what it owned. */
  private pass(): void {
    for (const object of [...this.objects]) {
      const left = this.deleting.get(idOf(object));
      if (left === undefined || object.isHeld?.(this) === true) continue;
      if (left > 0) this.deleting.set(idOf(object), left - 1);
      else this.remove(object);
    }
    // A driver deletes the volume of a claim that is gone.
    for (const object of this.objects.filter(({ kind }) => kind === "persistentvolumes")) {
      const { claimRef } = object.spec as { readonly claimRef: { readonly name: string; readonly namespace: string } };
      if (!this.names().includes(`persistentvolumeclaims ${claimRef.namespace}/${claimRef.name}`)) this.remove(object);
    }
  }

  private remove(object: Simulated): void {
    this.deleting.delete(idOf(object));
    this.objects = this.objects.filter((each) => each !== object);
    for (const each of this.objects.filter(({ owner }) => owner?.[0] === object.kind && owner[1] === object.name))
      this.remove(each);
  }

  private bodyOf(object: Simulated): object {
    const { annotations = {}, name, namespace, owner, spec = {} } = object;
    const [kind = "", version = "", ...group] = owner?.[0].split(".") ?? [];
    const reference = { apiVersion: `${group.join(".")}/${version}`, kind, name: owner?.[1], controller: true };
    const metadata = {
      ...{ name, namespace, annotations },
      ...(this.deleting.has(idOf(object)) && { deletionTimestamp: "2026-11-30T00:00:00Z" }),
      ...(owner && { ownerReferences: [reference] }),
    };
    if (owner && kindOf(reference as never) !== owner[0]) throw new Error(`${owner[0]} has no group`);
    return { metadata, spec };
  }
}

const idOf = ({ kind, name, namespace }: Simulated): string =>
  `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;

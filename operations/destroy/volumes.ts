import { isMap, type PlainMap } from "../../language/plain-map";
import { controllerOf, type Kubectl, type KubeObject, kindOf } from "./kubectl";

/** Owners above a pod that are followed; a ReplicaSet, a Deployment and an operator's object are three. */
const HIGHEST = 8;

/** The volumes that are deleted with their claims. */
export class Volumes {
  constructor(private readonly kubectl: Kubectl) {}

  /**
   * Returns the objects that keep volumes alive: their claims, and the owners of the pods that use them. A claim in use is not deleted, and
   * a controller such as a StatefulSet would create it again, so the highest owner of each pod must go too.
   */
  async pending(): Promise<readonly KubeObject[]> {
    const volumes = (await this.kubectl.list("persistentvolumes")).filter(isDeletedWithClaim);
    if (volumes.length === 0) return [];
    const claimed = new Set(volumes.map(({ body }) => claimOf(body)));
    const claims = (await this.kubectl.list("persistentvolumeclaims")).filter((claim) => claimed.has(idOf(claim)));
    const pods = (await this.kubectl.list("pods")).filter((pod) => claimsOf(pod).some((claim) => claimed.has(claim)));
    const owners = new Map<string, KubeObject>();
    for (const pod of pods) {
      const owner = await this.highestOwner(pod);
      owners.set(`${owner.kind} ${idOf(owner)}`, owner);
    }
    // A volume itself is deleted by its driver; it is listed for as long as it exists.
    return [...owners.values(), ...claims, ...volumes.map((volume) => ({ ...volume, isDeleting: true }))];
  }

  private async highestOwner(pod: KubeObject): Promise<KubeObject> {
    let object = pod;
    for (let level = 0; level < HIGHEST; level++) {
      const controller = controllerOf(object);
      if (controller === undefined) break;
      const owner = await this.kubectl.get(kindOf(controller), controller.name, object.namespace);
      if (owner === undefined) break;
      object = owner;
    }
    return object;
  }
}

/** Returns the volumes that stay, such as `vol-1 of shop/data`. */
export async function retainedVolumes(kubectl: Kubectl): Promise<readonly string[]> {
  const volumes = await kubectl.list("persistentvolumes");
  return volumes.flatMap((volume) => {
    const { body } = volume;
    const { csi, persistentVolumeReclaimPolicy: policy } = specOf(body);
    if (policy !== "Retain" || !isMap(csi)) return [];
    return [`${String(csi["volumeHandle"])} of ${claimOf(body) ?? volume.name}`];
  });
}

/** A volume that a driver created, and deletes with its claim. */
function isDeletedWithClaim({ body }: KubeObject): boolean {
  const { awsElasticBlockStore, csi, persistentVolumeReclaimPolicy: policy } = specOf(body);
  return policy === "Delete" && (isMap(csi) || isMap(awsElasticBlockStore));
}

function specOf(body: PlainMap): PlainMap {
  return isMap(body["spec"]) ? body["spec"] : {};
}

/** Returns the claim of a volume as `namespace/name`. */
function claimOf(body: PlainMap): string | undefined {
  const { claimRef } = specOf(body);
  return isMap(claimRef) ? `${String(claimRef["namespace"])}/${String(claimRef["name"])}` : undefined;
}

function claimsOf(pod: KubeObject): string[] {
  const { volumes } = specOf(pod.body);
  const all: unknown[] = Array.isArray(volumes) ? volumes : [];
  return all.flatMap((volume) => {
    const claim = isMap(volume) ? volume["persistentVolumeClaim"] : undefined;
    // The claim of a generic ephemeral volume has the names of the pod and of the volume.
    if (isMap(volume) && isMap(volume["ephemeral"])) return [`${pod.namespace}/${pod.name}-${String(volume["name"])}`];
    return isMap(claim) ? [`${pod.namespace}/${String(claim["claimName"])}`] : [];
  });
}

const idOf = ({ name, namespace }: KubeObject): string => `${namespace}/${name}`;

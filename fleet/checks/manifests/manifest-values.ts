import { isMap, valueAt } from "../../../language/plain-map";
import type { Path } from "../../../language/yaml/tree";
import { groupAndKind, type WrittenObject } from "../../addons/manifests";
import type { Finding } from "../../rules/finding";
import { podTemplate } from "./manifest-workloads";

function listAt(object: unknown, ...path: readonly string[]): readonly unknown[] {
  const value = valueAt(object, ...path);
  return Array.isArray(value) ? value : [];
}

/** The API refuses a Service without what its type requires (validation of Services, k8s.io/kubernetes 1.36). */
export function servicePorts(object: WrittenObject): Finding[] {
  if (groupAndKind(object) !== "/Service") return [];
  const spec = valueAt(object, "spec");
  if (valueAt(spec, "type") === "ExternalName") {
    if (typeof valueAt(spec, "externalName") === "string") return [];
    return [{ path: ["spec"], message: "requires externalName, because its type is ExternalName. Add it" }];
  }
  const headless = valueAt(spec, "clusterIP") === "None";
  const ports = listAt(spec, "ports");
  if (ports.length === 0 && !headless) return [{ path: ["spec"], message: "requires ports. Add at least one" }];
  if (ports.length < 2) return [];
  return ports.flatMap((each, index): Finding[] =>
    valueAt(each, "name") === undefined
      ? [{ path: ["spec", "ports", index], message: "requires name, because the Service has several ports. Add it" }]
      : [],
  );
}

const HOST = /^(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** The API refuses an Ingress whose host is no domain name, such as an address with a scheme, a port or a path. */
export function ingressHosts(object: WrittenObject): Finding[] {
  if (groupAndKind(object) !== "networking.k8s.io/Ingress") return [];
  const hosts: (readonly [Path, unknown])[] = [
    ...listAt(object, "spec", "rules").map(
      (rule, at) => [["spec", "rules", at, "host"], valueAt(rule, "host")] as const,
    ),
    ...listAt(object, "spec", "tls").flatMap((tls, at) =>
      listAt(tls, "hosts").map((host, index) => [["spec", "tls", at, "hosts", index], host] as const),
    ),
  ];
  return hosts.flatMap(([path, host]): Finding[] =>
    typeof host !== "string" || host === "" || HOST.test(host)
      ? []
      : [{ path, message: `must be a domain name in lower case, such as shop.example.com, but is ${host}` }],
  );
}

/** Largest priority of a class that does not belong to Kubernetes (Kubernetes documentation, "Pod Priority and Preemption"). */
const MOST_PRIORITY = 1_000_000_000;

/** The API refuses a priority above those of users. */
export function priorities(object: WrittenObject): Finding[] {
  const value = object["value"];
  if (groupAndKind(object) !== "scheduling.k8s.io/PriorityClass" || typeof value !== "number") return [];
  if (value <= MOST_PRIORITY) return [];
  const message = `must be at most ${MOST_PRIORITY}, but is ${value}. Kubernetes keeps larger ones for its own pods`;
  return [{ path: ["value"], message }];
}

/** The API refuses a binding to a service account without its namespace. */
export function boundAccounts(object: WrittenObject): Finding[] {
  if (!/^rbac\.authorization\.k8s\.io\/(?:Cluster)?RoleBinding$/.test(groupAndKind(object))) return [];
  return listAt(object, "subjects").flatMap((subject, index): Finding[] =>
    valueAt(subject, "kind") === "ServiceAccount" && valueAt(subject, "namespace") === undefined
      ? [{ path: ["subjects", index], message: "requires the namespace of the service account. Add it" }]
      : [],
  );
}

const LIMITED = ["Container", "PersistentVolumeClaim", "Pod"];

/** The API refuses limits of anything but these, or of a resource with a domain. */
export function limitTypes(object: WrittenObject): Finding[] {
  if (groupAndKind(object) !== "/LimitRange") return [];
  return listAt(object, "spec", "limits").flatMap((each, index): Finding[] => {
    const type = valueAt(each, "type");
    if (typeof type !== "string" || type.includes("/") || LIMITED.includes(type)) return [];
    return [
      { path: ["spec", "limits", index, "type"], message: `must be one of ${LIMITED.join(", ")}, but is ${type}` },
    ];
  });
}

/** Types of volumes that the EBS driver creates (its documentation, "parameters"). */
const EBS_TYPES = ["gp2", "gp3", "io1", "io2", "sbg1", "sbp1", "sc1", "st1", "standard"];

/** The EBS driver creates no volume of a type that EC2 does not have. */
export function volumeTypes(object: WrittenObject): Finding[] {
  const type = valueAt(object, "parameters", "type");
  if (groupAndKind(object) !== "storage.k8s.io/StorageClass" || typeof type !== "string") return [];
  if (!/(?:^|\/)(?:aws-ebs$|ebs\.csi\.)/.test(String(object["provisioner"])) || EBS_TYPES.includes(type.toLowerCase()))
    return [];
  return [{ path: ["parameters", "type"], message: `must be one of ${EBS_TYPES.join(", ")}, but is ${type}` }];
}

const HANDLERS = ["exec", "grpc", "httpGet", "tcpSocket"];

/** The API refuses containers of one name, mounts of volumes that the pod lacks, and probes without exactly one way to ask. */
export function podParts(object: WrittenObject): Finding[] {
  const place = podTemplate(object);
  if (place === undefined) return [];
  const spec = valueAt(object, ...place, "spec");
  const volumes = [...listAt(spec, "volumes"), ...claimsOf(object)];
  const names = new Set<unknown>();
  return ["initContainers", "containers"].flatMap((list) =>
    listAt(spec, list).flatMap((container, index): Finding[] => {
      const path: Path = [...place, "spec", list, index];
      const name = valueAt(container, "name");
      const twice = name !== undefined && names.has(name);
      names.add(name);
      return [
        ...(twice
          ? [{ path: [...path, "name"], message: "is the name of another container of the pod. Rename one" }]
          : []),
        ...listAt(container, "volumeMounts").flatMap((mount, at): Finding[] => {
          const volume = valueAt(mount, "name");
          if (typeof volume !== "string" || volumes.includes(volume)) return [];
          if (volumes.some((each) => valueAt(each, "name") === volume)) return [];
          return [
            {
              path: [...path, "volumeMounts", at, "name"],
              message: `${volume} is not a volume of the pod. Add it to volumes`,
            },
          ];
        }),
        ...["livenessProbe", "readinessProbe", "startupProbe"].flatMap((probe): Finding[] => {
          const written = valueAt(container, probe);
          if (!isMap(written)) return [];
          const handlers = HANDLERS.filter((key) => written[key] !== undefined);
          if (handlers.length === 1) return [];
          return [
            {
              path: [...path, probe],
              message: `must have exactly one of ${HANDLERS.join(", ")}, but has ${handlers.length}`,
            },
          ];
        }),
      ];
    }),
  );
}

/** Returns the names of the volumes that a StatefulSet creates for each pod. */
function claimsOf(object: WrittenObject): readonly unknown[] {
  return listAt(object, "spec", "volumeClaimTemplates").map((claim) => valueAt(claim, "metadata", "name"));
}

import { Document, Scalar } from "yaml";
import { inKeyOrder } from "../../../language/plain-map";
import { isSet, KUBELET, KUBELET_KEYS, type Kubelet } from "../kubelet";
import { type Booting, taintFlags } from "./join";
import type { Mime } from "./mime";
import { mountParts } from "./mounts";
import { shellPart } from "./shell";
import { warmPoolPart } from "./warm-pool";

type Spec = Readonly<Record<string, unknown>>;

/**
 * Returns the configuration of nodeadm, Amazon Linux 2023's bootstrap, part by part. It starts the kubelet after all scripts have
 * ended, so a script that must run later is run by a unit of systemd, which waits.
 */
export function nodeadmParts(booting: Booting): Mime[] {
  const { pre_bootstrap_script, post_bootstrap_script, node_config } = booting.worker;
  const spec = nodeSpec(booting);
  return [
    ...mountParts(booting.worker),
    ...(booting.worker.warm_pool === null ? [] : [warmPoolPart()]),
    ...(pre_bootstrap_script === null ? [] : [shellPart(pre_bootstrap_script)]),
    ...(Object.keys(spec).length === 0 ? [] : [nodeConfig(spec)]),
    // Of several, the last one wins.
    ...(Object.keys(node_config).length === 0 ? [] : [nodeConfig(inKeyOrder(node_config))]),
    ...(post_bootstrap_script === null ? [] : [shellPart(afterJoining(post_bootstrap_script))]),
  ];
}

export function nodeConfig(spec: Spec): Mime {
  const document = new Document({ apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig", spec });
  return { type: "application/node.eks.aws", body: `---\n${document.toString({ lineWidth: 0 })}` };
}

function nodeSpec(booting: Booting): Spec {
  const { join, worker } = booting;
  const flags = join === undefined ? [] : kubeletFlags(booting);
  const config = kubeletConfiguration(worker.kubelet);
  const kubelet = {
    ...(Object.keys(config).length > 0 && { config }),
    ...(flags.length > 0 && { flags: flags.map(quoted) }),
  };
  return {
    ...(join !== undefined && {
      cluster: {
        name: join.name,
        apiServerEndpoint: join.endpoint,
        certificateAuthority: join.certificate_authority_data,
        cidr: join.service_cidr,
      },
    }),
    ...(Object.keys(kubelet).length > 0 && { kubelet }),
    ...(worker.local_storage_strategy !== null && {
      instance: { localStorage: { strategy: worker.local_storage_strategy } },
    }),
  };
}

/** Labels and taints at birth: set later, the scheduler would have placed pods already. EKS sets those of its managed groups. */
function kubeletFlags(booting: Booting): string[] {
  const labels = Object.entries(booting.labels).map(([key, value]) => `${key}=${value}`);
  const taints = taintFlags(booting);
  return [
    ...(labels.length === 0 ? [] : [`--node-labels=${labels.join(",")}`]),
    ...(taints.length === 0 ? [] : [`--register-with-taints=${taints.join(",")}`]),
  ];
}

function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

/** Returns the settings as KubeletConfiguration spells them, with `extra` merged over them. */
function kubeletConfiguration(kubelet: Kubelet): Spec {
  const entries = KUBELET_KEYS.flatMap((key) =>
    key === "extra" || !isSet(kubelet[key]) ? [] : [[KUBELET[key].config, configValue(kubelet, key)] as const],
  );
  return { ...Object.fromEntries(entries), ...inKeyOrder(kubelet.extra) };
}

function configValue(kubelet: Kubelet, key: keyof Kubelet): unknown {
  switch (key) {
    case "cpu_manager_policy_options":
      return Object.fromEntries(kubelet.cpu_manager_policy_options.map((option) => [option, "true"]));
    case "reserved_memory":
      return kubelet.reserved_memory.map(({ numa_node, limits }) => ({
        numaNode: numa_node,
        limits: inKeyOrder(limits),
      }));
    default:
      return inKeyOrder(kubelet[key]);
  }
}

const UNIT = "post-bootstrap";

/** Base64, so that no line of the script can end the text that carries it. */
function afterJoining(script: string): string {
  const text = Buffer.from(script.startsWith("#!") ? script : `#!/bin/bash\n${script}`).toString("base64");
  const path = `/usr/local/sbin/${UNIT}`;
  return [
    "#!/bin/bash",
    "set -o errexit",
    `echo ${text} | base64 --decode >${path}`,
    `chmod 0700 ${path}`,
    `cat >/etc/systemd/system/${UNIT}.service <<'END'`,
    "[Unit]",
    "After=nodeadm-run.service kubelet.service",
    "[Service]",
    "Type=oneshot",
    `ExecStart=${path}`,
    "END",
    "systemctl daemon-reload",
    `systemctl start --no-block ${UNIT}.service`,
    "",
  ].join("\n");
}

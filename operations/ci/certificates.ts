import { isIP } from "node:net";
import { connect } from "node:tls";
import type { Cluster } from "../../fleet/model/cluster";
import { type Rollouts, wavesOf } from "../../fleet/model/rollouts";
import { visible } from "../../language/problem";
import type { Message } from "../messages/message";
import { filled } from "../rollout/health/check";

/** An address whose certificate the owner of a cluster renews. */
export interface Endpoint {
  readonly cluster: string;
  readonly owner: string;
  /** `https://…` */
  readonly address: string;
}

/** An address with the end of its certificate, or why that could not be read. */
export type SeenCertificate = Endpoint & ({ readonly ends: Date } | { readonly problem: string });

/** Days before its end from which on a certificate is reported: renewals that work happen earlier. */
const SOON = 21;

const DAY = 24 * 60 * 60 * 1000;
const TIMEOUT = 10_000;
const HTTPS = 443;

/** Returns the addresses of health checks that have a certificate. */
export function endpointsOf(rollouts: Rollouts | undefined, clusters: readonly Cluster[]): readonly Endpoint[] {
  if (rollouts === undefined) return [];
  return clusters.flatMap((cluster) => {
    const [wave] = wavesOf(rollouts, cluster);
    const names = wave === undefined ? [] : (rollouts.waves[wave]?.healthy ?? []);
    const addresses = names.flatMap((name) => {
      const { url } = rollouts.health_checks[name] ?? {};
      return url?.startsWith("https://") ? [new URL(filled(url, cluster)).origin] : [];
    });
    return [...new Set(addresses)].map((address) => ({ cluster: cluster.name, owner: cluster.meta.OWNER, address }));
  });
}

/** Reads the certificate of an address. Whether it is trusted is not judged: a client that uses the address does. */
export function lookAtCertificate(endpoint: Endpoint, timeout = TIMEOUT): Promise<SeenCertificate> {
  const { hostname, port } = new URL(endpoint.address);
  return new Promise((resolve) => {
    const socket = connect(
      {
        host: hostname,
        port: port === "" ? HTTPS : Number(port),
        ...(isIP(hostname) === 0 && { servername: hostname }),
        rejectUnauthorized: false,
        timeout,
      },
      () => {
        const ends = new Date(socket.getPeerCertificate().valid_to);
        socket.destroy();
        resolve(
          Number.isNaN(ends.getTime()) ? { ...endpoint, problem: "it has no certificate" } : { ...endpoint, ends },
        );
      },
    );
    const failed = (problem: string): void => {
      socket.destroy();
      resolve({ ...endpoint, problem });
    };
    socket.on("error", ({ message }) => failed(visible(message)));
    socket.on("timeout", () => failed("it did not answer"));
  });
}

/** Returns one message for each owner with the certificates that end soon. */
export function certificateMessages(seen: readonly SeenCertificate[], today: string): readonly Message[] {
  const byOwner = new Map<string, string[]>();
  for (const each of seen) {
    if (!("ends" in each)) continue;
    const days = Math.floor((each.ends.getTime() - Date.parse(today)) / DAY);
    if (days >= SOON) continue;
    const when = each.ends.toISOString().slice(0, 10);
    const line = `${each.cluster}: the certificate of ${each.address} ${days < 0 ? "ended" : "ends"} on ${when}`;
    byOwner.set(each.owner, [...(byOwner.get(each.owner) ?? []), line]);
  }
  return [...byOwner].map(([owner, lines]) => ({
    ...{ occasion: "deadline", cluster: null, owner, title: `Certificates of ${owner}`, lines, url: null },
    next: "Renew them. If cert-manager does that, look at its Certificate and its events",
  }));
}

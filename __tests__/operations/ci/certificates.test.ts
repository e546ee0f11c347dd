import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createServer, type Server } from "node:tls";
import type { Rollouts } from "../../../fleet/model/rollouts";
import {
  certificateMessages,
  type Endpoint,
  endpointsOf,
  lookAtCertificate,
  type SeenCertificate,
} from "../../../operations/ci/certificates";
import { clusterOf } from "../../support/cluster";

/** The end of certificate.pem. */
const ENDS = "2036-11-27T10:24:44Z";
let server: Server;
beforeAll(async () => {
  const pem = readFileSync(join(__dirname, "certificate.pem"));
  server = createServer({ key: pem, cert: pem });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());

const endpoint = (address: string): Endpoint => ({ cluster: "a.example.com", owner: "search", address });

test("the end of a certificate is read from the address, even if its signer is unknown", async () => {
  const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;

  expect(await lookAtCertificate(endpoint(address))).toEqual({ ...endpoint(address), ends: new Date(ENDS) });
});

test("an address that does not answer is a problem, and no end", async () => {
  expect(await lookAtCertificate(endpoint("https://127.0.0.1:1"))).toEqual({
    ...endpoint("https://127.0.0.1:1"),
    problem: expect.stringContaining("ECONNREFUSED"),
  });
});

test("a certificate is reported to its owner from 21 days before its end on, and after it", () => {
  const at = (name: string, ends: string): SeenCertificate => ({
    ...endpoint(`https://${name}`),
    ends: new Date(`${ends}T00:00:00Z`),
  });
  const seen = [at("later", "2026-12-21"), at("soon", "2026-12-20"), at("over", "2026-11-29")];

  expect(certificateMessages(seen, "2026-11-30").map(({ lines, owner }) => [owner, lines])).toEqual([
    [
      "search",
      [
        "a.example.com: the certificate of https://soon ends on 2026-12-20",
        "a.example.com: the certificate of https://over ended on 2026-11-29",
      ],
    ],
  ]);
  expect(certificateMessages([{ ...endpoint("https://a"), problem: "no answer" }], "2026-11-30")).toEqual([]);
});

test("the addresses are those of the health checks of a cluster's wave that have a certificate", () => {
  const url = (address: string) => ({ check: "url", timeout: "1m", url: address }) as const;
  const rollouts = {
    waves: [{ name: "all", healthy: ["nodes", "page", "same", "plain"] }],
    health_checks: {
      nodes: { check: "nodes", timeout: "1m" },
      page: url("https://status.{cluster}/healthz"),
      same: url("https://status.{cluster}/ready"),
      plain: url("http://plain.{cluster}/"),
      other: url("https://other.{cluster}/"),
    },
  } as unknown as Rollouts;
  const cluster = clusterOf();

  expect(endpointsOf(rollouts, [cluster]).map(({ address }) => address)).toEqual([`https://status.${cluster.name}`]);
  expect(endpointsOf(undefined, [cluster])).toEqual([]);
});

import { createHash } from "node:crypto";
import { resolveImages, withDigests } from "../../../operations/versions/pin-images";
import { Registries } from "../../../operations/versions/registries";
import { startServer } from "./local-server";

const MANIFEST = '{"schemaVersion":2}';
const DIGEST = `sha256:${createHash("sha256").update(MANIFEST).digest("hex")}`;

test("the digest of a tag is read from the registry with an anonymous token, and one that does not match is refused", async () => {
  const server = await startServer((host) => ({
    "/token?service=local&scope=pull": (_, response) => response.end('{"token":"t"}'),
    "/v2/ci/fleet/manifests/1": ({ headers }, response) => {
      if (headers.authorization === "Bearer t") response.end(MANIFEST);
      else {
        const challenge = `Bearer realm="http://${host}/token",service="local",scope="pull"`;
        response.writeHead(401, { "www-authenticate": challenge }).end();
      }
    },
    "/v2/ci/fleet/manifests/2": (_, response) =>
      response.setHeader("docker-content-digest", `sha256:${"0".repeat(64)}`).end(MANIFEST),
  }));
  try {
    const images = ["1", "2", "3"].map((tag) => ({
      path: ["gitlab", "image"] as const,
      image: `${server.host}/ci/fleet:${tag}`,
    }));
    const found = await resolveImages(images, new Registries());

    expect(found.map((each) => ("digest" in each ? each.digest : each.problem))).toEqual([
      DIGEST,
      expect.stringContaining("but the registry names another one"),
      expect.stringContaining("no tag 3"),
    ]);
  } finally {
    await server.close();
  }
});

const FOUND = { path: ["gitlab", "image"], image: "node:20", digest: DIGEST } as const;

test.each([
  [
    "that names it",
    "gitlab:\n  # ours\n  image: node:20 # why\n",
    `gitlab:\n  # ours\n  image: node:20@${DIGEST} # why\n`,
  ],
  ["without the key", "gitlab:\n  tags: [a]\n", `gitlab:\n  image: node:20@${DIGEST}\n  tags: [a]\n`],
  ["without the system", "system: gitlab\n", `system: gitlab\n\ngitlab:\n  image: node:20@${DIGEST}\n`],
])("a file %s gets the digest, and every other character stays", (_, before, after) => {
  expect(withDigests(before, [FOUND])).toBe(after);
});

test("an image without a digest leaves the file as it is", () => {
  const { path, image } = FOUND;
  expect(withDigests("system: gitlab\n", [{ path, image, problem: "no answer" }])).toBe("system: gitlab\n");
});

test("a file that cannot be edited is an error that says what to write", () => {
  expect(() => withDigests("gitlab: { tags: [a] }\n", [FOUND])).toThrow(
    `pipelines.yaml cannot be edited at gitlab.image. Set it to node:20@${DIGEST} by hand`,
  );
});

import { z } from "zod";
import { sha1, sha256 } from "../../../language/words/hashes";
import { reason } from "../../../language/words/people";
import { text } from "../../../language/words/text";

const programVersion = text(
  /^\d+\.\d+\.\d+(?:-[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/,
  "an exact version of the program",
  "0.2.0",
);

/** `program` of a release: the version whose code and defaults its clusters get. */
export const releaseProgram = z.union([
  programVersion,
  z.strictObject({
    version: programVersion.describe(
      "Version of the program: the git tag `v<version>`, or the version of the package.",
    ),
    commit: sha1("a full commit id of git, 40 characters")
      .optional()
      .describe("Commit that the tag must name. A tag that was moved to another commit is refused."),
    integrity: text(/^sha512-[A-Za-z0-9+/]{86}==$/, "an integrity of npm, such as sha512-…==")
      .optional()
      .describe("Hash that the package must have, as in package-lock.json."),
    source: text(/^(?!-)[\x21-\x7e]+$/, "a package as npm accepts it: a path or an address of a tarball")
      .optional()
      .describe(
        "Tarball of the package: a path from the top of the repository, or an address. Default: the registry of npm's settings.",
      ),
  }),
]);

/** Keys of a release about itself, beside its versions. */
export const releaseFacts = {
  program: releaseProgram
    .optional()
    .describe(
      "Version of the program whose code and defaults the clusters of the release get. Default: the program that runs, so that every change of it reaches them.",
    ),
  digest: sha256("a digest, such as sha256:…")
    .optional()
    .describe(
      "Hash of the content, which `fleet release new` writes. A release that was changed afterwards is refused.",
    ),
  cannot_skip: reason()
    .optional()
    .describe("Why clusters must not skip the release on their way to a later one. Default: they may."),
  no_way_back: reason()
    .optional()
    .describe(
      "Why a cluster cannot return to an earlier release once it had this one, such as a new stored version of a CustomResourceDefinition. Default: it can.",
    ),
};

export type ReleaseProgram = z.output<typeof releaseProgram>;

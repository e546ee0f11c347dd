import { z } from "zod";
import { fileName } from "../../../language/words/names";
import { person, reason } from "../../../language/words/people";

/** `meta.HOLD`: a cluster that stays on a release although its channel moves on. */
export const hold = z.strictObject({
  release: fileName
    .optional()
    .describe(
      "Release that the cluster keeps although its channel moves on: a file of releases/. Required if RELEASE_MODEL is a channel; if it is a release, that is the one that is kept.",
    ),
  reason: reason().describe("Why the cluster stays, for the reviewer and for later readers."),
  by: person.describe("Person who answers for the hold: a name or an address."),
  until: z.iso
    .date()
    .describe(
      "Last day of the hold, such as 2027-01-31. Must not be after the end of AWS's support of the cluster's Kubernetes version. After that day, a warning asks to end the hold; it stays in force until then, because the same commit must build the same stacks.",
    ),
});

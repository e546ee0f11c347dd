import type { PlainMap } from "../../language/plain-map";
import { HELM } from "./chart-source";
import { API_VERSIONS, type Release } from "./releases";
import { outputOf } from "./tool";

/** A release with the folder of its chart, and the Kubernetes minors that it must support. */
export interface WithChart extends Release {
  readonly minors: readonly string[];
  readonly folder: string;
}

/** Renders a release, with other values if some are passed. */
export function render(
  { name, namespace, folder, values }: WithChart,
  { minor, other = values, words = [] }: { minor: string; other?: PlainMap; words?: readonly string[] },
): Promise<string> {
  const versions = API_VERSIONS.flatMap((each) => ["--api-versions", each]);
  return outputOf(
    HELM,
    [
      "template",
      name,
      folder,
      "--namespace",
      namespace,
      "--kube-version",
      minor,
      ...versions,
      ...words,
      "--values",
      "-",
    ],
    { input: JSON.stringify(other) },
  );
}

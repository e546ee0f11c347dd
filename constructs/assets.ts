/** Files and folders that synthesis copies beside the JSON of stacks, relative to the program's folder. It reads no others. */
export const ASSETS = { manifests: "constructs/helm/charts/manifests" } as const;

import { text } from "./text";

/** A version that never changes its meaning: no moving tag and no range. */
export const exactVersion = text(
  /^v?\d+\.\d+\.\d+(?:-[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/,
  "an exact version",
  "3.13.1",
);

export const minorVersion = text(/^1\.\d{2}$/, 'a Kubernetes minor version in quotes, such as "1.35"').meta({
  examples: ["1.35"],
});

/** With or without the build: the marketplace uses its own version scheme. */
export const eksAddonVersion = text(
  /^v\d+\.\d+\.\d[\w.+-]*$/,
  "an exact version of an EKS add-on",
  "v1.20.4-eksbuild.2",
);

export const amiRelease = text(/^1\.\d{2}\.\d+-\d{8}$/, "an EKS AMI release", "1.35.6-20260714");

export const bottlerocketRelease = text(
  /^\d+\.\d+\.\d+-[0-9a-f]{8}$/,
  "a Bottlerocket release with its commit",
  "1.62.1-ea1afdd6",
);

export const windowsAmiRelease = text(
  /^1\.\d{2}-\d{4}\.(?:0[1-9]|1[0-2])\.(?:0[1-9]|[12]\d|3[01])$/,
  "an EKS Windows AMI release",
  "1.35-2026.04.18",
);
